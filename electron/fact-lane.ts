import type { CallId } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import { consequences } from './core/desk-rules.ts';
import { Emitter } from './core/emitter.ts';
import type { Fact, ToldEvent } from './core/events.ts';
import { reduce } from './core/reduce.ts';
import { type ConsoleState, INITIAL_STATE } from './core/state.ts';
import type { Log } from './log.ts';

/** An event and the states around it. */
export type Step = {
  readonly event: ToldEvent;
  readonly before: ConsoleState;
  readonly after: ConsoleState;
};

/** The fact lane: every fact is dated, reduced, then told, one after the other. */
export type FactLane = {
  readonly state: () => ConsoleState;
  /** Takes a fact. It and all that follows from it are done when this returns, unless a listener emits. */
  readonly emit: (fact: Fact) => void;
  /** Told of every step, in order. */
  readonly steps: Emitter<Step>;
};

/** Builds an empty fact lane. @param newId names events; never the same twice */
export function createFactLane(clock: Clock, log: Log, newId: () => string): FactLane {
  const steps = new Emitter<Step>(error => log.error({ err: error }, 'a listener failed'));
  const waiting: Fact[] = [];
  let state = INITIAL_STATE;
  let busy = false;
  /** Calls whose end was told. */
  const over = new Set<CallId>();
  /** Whether a fact is told again: whoever carried a call may hear of its end after it was over for this desk. */
  const isKnown = (fact: Fact): boolean => {
    if (fact.event !== 'call-ended') return false;
    const isOver = over.has(fact.callId);
    over.add(fact.callId);
    return isOver;
  };
  return {
    state: () => state,
    steps,
    emit: fact => {
      waiting.push(fact);
      if (busy) return;
      busy = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          if (isKnown(next)) continue;
          const event = told(next, clock.now(), newId());
          const before = state;
          state = reduce(before, event);
          waiting.unshift(...consequences(state, event, before));
          steps.emit({ event, before, after: state });
        }
      } finally {
        busy = false;
      }
    },
  };
}

/** An event caused by a request is known by that request and its own name; any other by its id. */
function told(fact: Fact, at: number, eventId: string): ToldEvent {
  const { key, event } = fact;
  return { ...fact, at, eventId, dedupeKey: key === undefined ? eventId : `${key}:${event}` };
}

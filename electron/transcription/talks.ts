import { asLive, type CallId } from '../core/call.ts';
import type { Fact } from '../core/events.ts';
import type { Side } from '../core/segment.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import { talkAfter } from '../core/talk.ts';

/** Tells who talked when on each call, and how the talk was shared. */
export type Talks = {
  /** Somebody began to talk or stopped. @param atMs where, in ms of the call's sound */
  readonly turn: (callId: CallId, side: Side, on: boolean, atMs: number) => void;
  /**
   * A call is over. @param before the state before that
   * @param stop has whoever still talks stop: told as turns before it returns
   */
  readonly end: (callId: CallId, before: ConsoleState, stop: () => void) => void;
};

/** Nobody talks yet. */
export function createTalks(emit: (fact: Fact) => void): Talks {
  /** Where the talk began that goes on, by call and side. */
  const since = new Map<string, number>();
  const late = new Map<CallId, Extract<Fact, { event: 'talk-ended' }>[]>();

  return {
    turn: (callId, speaker, on, atMs) => {
      const name = `${callId}/${speaker}`;
      const fromMs = since.get(name);
      if (on) since.set(name, atMs);
      else if (fromMs !== undefined) {
        since.delete(name);
        const lengthMs = Math.max(0, atMs - fromMs);
        const talk = { event: 'talk-ended', callId, speaker, atMs: fromMs, lengthMs } as const;
        late.get(callId)?.push(talk);
        emit(talk);
      }
    },
    end: (callId, before, stop) => {
      late.set(callId, []);
      stop();
      const last = late.get(callId) ?? [];
      late.delete(callId);
      since.delete(`${callId}/them`);
      since.delete(`${callId}/us`);
      const known = asLive(findCall(before, callId))?.talk;
      if (known === undefined) return;
      const { figures } = last.reduce(talkAfter, known);
      const hasTalk = figures.themMs + figures.usMs > 0;
      if (hasTalk) emit({ event: 'talk-measured', callId, talk: figures });
    },
  };
}

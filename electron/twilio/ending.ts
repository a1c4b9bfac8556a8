import type { Cancel, Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import type { BookedCall } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { progressOf } from './call-status.ts';
import { problemKind } from './call-watch.ts';
import type { PickUp } from './pick-up.ts';
import type { Rest } from './rest.ts';

/** How often a call whose time is over is ended again when Twilio does not answer. */
const MOST_TRIES = 5;

/** The pause before the second try; it doubles. */
const FIRST_PAUSE_MS = 2000;

/** What ending calls needs of the rest. */
type EndingPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly rest: Pick<Rest, 'end'>;
  readonly progress: () => CallProgress;
  readonly pickUp: PickUp;
  readonly onProblem: (problem: Problem) => void;
};

/** Ends calls at Twilio. */
export type Ending = {
  /**
   * Hangs up, declines what rings or waits here, cancels what rings there. What Twilio then says
   * ends the call. @param lastChance nobody will be here to answer its next webhook
   */
  readonly hangUp: (call: BookedCall, lastChance?: boolean) => Promise<void>;
  /** Ends a call whose longest time is over: here at once, at Twilio as soon as it can be told. */
  readonly timeOut: (call: BookedCall) => void;
  /** Ends for the last time what could not be ended so far. Done when Twilio has answered. */
  readonly close: () => Promise<unknown>;
};

/** Builds what ends calls. */
export function createEnding(ports: EndingPorts): Ending {
  const { clock, log, rest, progress, pickUp } = ports;
  const pauses = new Set<Cancel>();
  /** Calls that are over here and, as far as is known, not at Twilio. */
  const unended = new Set<string>();
  let closed = false;

  /** Nobody but the call's own next webhook can end it at Twilio: it is over here, and asked for. */
  const letGo = (call: BookedCall): void => {
    const streams = [...call.streams];
    progress().status(call, 'completed');
    for (const stream of streams) stream.close();
  };

  const endAtTwilio = async (call: BookedCall, sid: string): Promise<void> => {
    const ringing = call.direction === 'outbound' && call.progress !== 'answered';
    try {
      const status = await rest.end(sid, ringing ? 'canceled' : 'completed');
      if (progressOf(status) === 'ended') progress().status(call, status);
      else if (ringing) progress().status(call, await rest.end(sid, 'completed'));
    } catch (error) {
      if (problemKind(error) !== 'not-available') throw error;
      letGo(call);
    }
  };

  const endOverHere = async (sid: string): Promise<void> => {
    try {
      await rest.end(sid, 'completed');
    } catch (error) {
      // Where no request can do it, the call's own next webhook does.
      if (problemKind(error) !== 'not-available') throw error;
    }
    unended.delete(sid);
  };

  const insist = (sid: string, tries = 1): void => {
    endOverHere(sid).catch((error: unknown) => {
      if (closed) return;
      log.warn({ tries }, 'a call whose time is over could not be ended');
      if (tries >= MOST_TRIES) {
        if (error instanceof ProblemError) ports.onProblem(error.problem);
        return;
      }
      const cancel = clock.after(FIRST_PAUSE_MS * 2 ** (tries - 1), () => {
        pauses.delete(cancel);
        insist(sid, tries + 1);
      });
      pauses.add(cancel);
    });
  };

  return {
    hangUp: async (call, lastChance = false) => {
      call.endedHere = true;
      if (call.direction === 'inbound' && call.progress === 'ringing') {
        call.decision = 'decline';
        const heard = pickUp.isAwaited(call.id);
        pickUp.decide(call.id, 'decline');
        // The next webhook takes the decision, unless nobody will be here to answer it.
        if (heard || !lastChance) return;
      }
      if (call.sid !== null) await endAtTwilio(call, call.sid);
      // Should it ring all the same, its first webhook finds nobody and is told to hang up.
      else if (call.isDoubtful) progress().status(call, 'canceled');
    },
    timeOut: call => {
      const { sid } = call;
      const streams = [...call.streams];
      progress().end(call, 'timed-out');
      for (const stream of streams) stream.close();
      if (sid === null) return;
      unended.add(sid);
      insist(sid);
    },
    close: () => {
      closed = true;
      for (const cancel of pauses) cancel();
      pauses.clear();
      return Promise.allSettled([...unended].map(endOverHere));
    },
  };
}

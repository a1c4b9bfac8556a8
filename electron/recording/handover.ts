import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Recording, RecordingId } from '../core/recording.ts';
import type { Log } from '../log.ts';
import { removeDraft, removeRecordingFiles } from './recording-path.ts';
import { notKept } from './recording-problems.ts';

/** Recordings that Twilio makes, as the line in use offers them. Functions reject with a `ProblemError`. */
export type LineRecordings = {
  /** The account that is asked; null when there is none to ask. */
  readonly accountSid: string | null;
  /** @returns Twilio's RecordingSid */
  readonly start: (callId: string) => Promise<string>;
  readonly pause: (callId: string, recordingSid: string, on: boolean) => Promise<void>;
  readonly stop: (callId: string, recordingSid: string) => Promise<void>;
  /** Writes the sound to a file. A `not-available` problem says that there never will be any. */
  readonly fetch: (recordingSid: string, path: string) => Promise<{ readonly durationMs: number }>;
  readonly remove: (recordingSid: string) => Promise<void>;
};

/** What Twilio says when it is done with a recording. */
export type ToldRecording = {
  readonly recordingSid: string;
  readonly status: 'completed' | 'absent' | 'failed';
};

/** A recording to wait for. */
export type AwaitedRecording = Pick<Recording, 'id' | 'callId' | 'path' | 'account'> & {
  readonly sid: string;
};

/** What waiting needs of the rest. */
type HandoverPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** The recordings of the line in use; null while it is down. */
  readonly atTwilio: () => LineRecordings | null;
  /** Names the account of the line in use. */
  readonly account: () => string | null;
  /** Works out the levels of a file and keeps them beside it. */
  readonly readLevels: (path: string) => Promise<unknown>;
  readonly emit: (fact: Fact) => void;
  /** Told why recordings do not come here, and with null that all can again. */
  readonly problem: (found: Problem | null) => void;
};

/** Waits for recordings that Twilio made, and fetches each when it is ready. */
type Handover = {
  readonly add: (recording: AwaitedRecording) => void;
  /** Twilio is done with a recording, whether it is waited for yet or not. */
  readonly told: (news: ToldRecording) => void;
  /** The line is open again: asks for everything that waits. */
  readonly hurry: () => void;
  /** Waits for a recording no longer, as it goes on. */
  readonly forget: (id: RecordingId) => void;
  /** Waits for a recording no longer, as it is deleted: what still comes of it is deleted too. */
  readonly drop: (id: RecordingId) => void;
  readonly close: () => Promise<void>;
};

/** When to ask first, in case Twilio never tells; each further time is three times as far, up to the longest. */
const FIRST_LOOK_MS = 5000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** So often what Twilio sends may be no recording; then it is left with Twilio until the next start. */
const MOST_FAULTS = 5;

/** Failures that pass, and that the line itself tells of. */
const PASSING: ReadonlySet<Problem['kind']> = new Set([
  'twilio-unreachable',
  'rate-limited',
  'line-down',
]);

/** What Twilio told before it was waited for is remembered of so many. */
const MOST_TOLD = 1000;

type Waiting = {
  readonly recording: AwaitedRecording;
  looks: number;
  faults: number;
  isDeleted: boolean;
  fetching: boolean;
  cancel: Cancel;
};

/** Builds what waits; nothing is waited for yet. */
export function createHandover(ports: HandoverPorts): Handover {
  const { clock, log, emit } = ports;
  const waiting = new Map<RecordingId, Waiting>();
  const failing = new Map<RecordingId, Problem>();
  const toldEarly = new Map<string, ToldRecording['status']>();
  const fetches = new Set<Promise<void>>();
  let closed = false;

  const isAwaited = (each: Waiting): boolean => waiting.get(each.recording.id) === each;
  const fails = (id: RecordingId, found: Problem): void => {
    failing.delete(id);
    failing.set(id, found);
    ports.problem(found);
  };
  const stopWaiting = (id: RecordingId): void => {
    waiting.get(id)?.cancel();
    waiting.delete(id);
    if (failing.delete(id)) ports.problem([...failing.values()].at(-1) ?? null);
  };
  const done = (each: Waiting, fact: Fact): void => {
    stopWaiting(each.recording.id);
    emit(fact);
  };
  const lost = (each: Waiting): void => {
    const { callId, id, path } = each.recording;
    done(each, { event: 'recording-lost', callId, recordingId: id });
    void removeDraft(path).catch(() => {});
  };

  const fetch = async (each: Waiting, line: LineRecordings): Promise<void> => {
    const { recording } = each;
    const { id, callId, path } = recording;
    try {
      await makeFolder(path);
      const { durationMs } = await line.fetch(recording.sid, path);
      await ports.readLevels(path);
      if (isAwaited(each)) {
        done(each, { event: 'recording-saved', callId, recordingId: id, durationMs });
      }
    } catch (error) {
      if (!isAwaited(each)) log.debug({ err: error }, 'a recording nobody waits for did not come');
      else if (!(error instanceof ProblemError)) {
        log.error({ err: error }, 'a recording was not fetched');
      } else notFetched(each, error.problem);
    }
    // Deleted while it was fetched.
    if (each.isDeleted && !waiting.has(id)) await removeLate(path);
  };
  const notFetched = (each: Waiting, found: Problem): void => {
    if (found.kind === 'not-available') lost(each);
    else if (!PASSING.has(found.kind)) fails(each.recording.id, found);
    if (found.kind === 'file-unreadable') each.faults += 1;
  };
  const removeLate = async (path: string): Promise<void> => {
    try {
      await removeRecordingFiles(path);
    } catch (error) {
      log.warn({ err: error }, 'a deleted recording came all the same, and was not deleted again');
    }
  };

  const look = (each: Waiting): void => {
    each.cancel();
    if (closed || each.fetching || each.faults >= MOST_FAULTS) return;
    const line = ports.atTwilio();
    // Another account does not know the recording, which looks as if it were gone.
    if (line === null || ports.account() !== each.recording.account) {
      lookLater(each);
      return;
    }
    each.fetching = true;
    const fetched = fetch(each, line).finally(() => {
      each.fetching = false;
      fetches.delete(fetched);
      if (!closed && isAwaited(each) && each.faults < MOST_FAULTS) lookLater(each);
    });
    fetches.add(fetched);
  };
  const lookLater = (each: Waiting): void => {
    const pauseMs = Math.min(FIRST_LOOK_MS * 3 ** each.looks, LONGEST_PAUSE_MS);
    each.looks += 1;
    each.cancel = clock.after(pauseMs, () => look(each));
  };
  const settle = (each: Waiting, status: ToldRecording['status']): void => {
    if (status === 'completed') look(each);
    else lost(each);
  };

  return {
    add: recording => {
      if (closed || waiting.has(recording.id)) return;
      const each: Waiting = {
        recording,
        looks: 0,
        faults: 0,
        isDeleted: false,
        fetching: false,
        cancel: () => {},
      };
      waiting.set(recording.id, each);
      const status = toldEarly.get(recording.sid);
      if (status === undefined) lookLater(each);
      else settle(each, status);
      toldEarly.delete(recording.sid);
    },
    told: ({ recordingSid, status }) => {
      const each = [...waiting.values()].find(({ recording }) => recording.sid === recordingSid);
      if (each !== undefined) {
        settle(each, status);
        return;
      }
      toldEarly.set(recordingSid, status);
      for (const oldest of toldEarly.keys()) {
        if (toldEarly.size <= MOST_TOLD) break;
        toldEarly.delete(oldest);
      }
    },
    hurry: () => {
      for (const each of [...waiting.values()]) look(each);
    },
    forget: stopWaiting,
    drop: id => {
      const each = waiting.get(id);
      if (each !== undefined) each.isDeleted = true;
      stopWaiting(id);
    },
    close: async () => {
      closed = true;
      for (const { cancel } of waiting.values()) cancel();
      await Promise.all(fetches);
    },
  };
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw notKept(error);
  }
}

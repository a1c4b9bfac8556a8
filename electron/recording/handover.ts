import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Recording, RecordingId } from '../core/recording.ts';
import type { Log } from '../log.ts';

/** Recordings that Twilio makes, as the line in use offers them. Functions reject with a `ProblemError`. */
export type LineRecordings = {
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
export type AwaitedRecording = Pick<Recording, 'id' | 'callId' | 'path' | 'startedAt'> & {
  readonly sid: string;
  /** The account that has it; null when it was made in an earlier run. */
  readonly account: string | null;
};

/** What waiting needs of the rest. */
type HandoverPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** The recordings of the line in use; null while it is down. */
  readonly atTwilio: () => LineRecordings | null;
  /** Names the account of the line in use. */
  readonly account: () => string;
  /** Works out the levels of a file and keeps them beside it. */
  readonly readLevels: (path: string) => Promise<unknown>;
  readonly emit: (fact: Fact) => void;
  readonly problem: (found: Problem | null) => void;
};

/** Waits for recordings that Twilio made, and fetches each when it is ready. */
type Handover = {
  readonly add: (recording: AwaitedRecording) => void;
  /** Twilio is done with a recording, whether it is waited for yet or not. */
  readonly told: (news: ToldRecording) => void;
  /** The line is open again: asks for everything that waits. */
  readonly hurry: () => void;
  /** Waits for a recording no longer. */
  readonly forget: (id: RecordingId) => void;
  readonly close: () => Promise<void>;
};

/** When to ask first, in case Twilio never tells; each further time is three times as far, up to the longest. */
const FIRST_LOOK_MS = 5000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** For so long, what an account does not know may belong to another that was in use before. */
const OTHER_ACCOUNT_MS = 24 * 60 * 60 * 1000;

/** What Twilio told before it was waited for is remembered of so many. */
const MOST_TOLD = 1000;

type Waiting = {
  readonly recording: AwaitedRecording;
  looks: number;
  fetching: boolean;
  cancel: Cancel;
};

/** Builds what waits; nothing is waited for yet. */
export function createHandover(ports: HandoverPorts): Handover {
  const { clock, log, emit } = ports;
  const waiting = new Map<RecordingId, Waiting>();
  const toldEarly = new Map<string, ToldRecording['status']>();
  const fetches = new Set<Promise<void>>();
  let closed = false;

  const done = ({ recording, cancel }: Waiting, fact: Fact): void => {
    cancel();
    // Deleted while it was fetched.
    if (waiting.delete(recording.id)) emit(fact);
  };
  const lost = (each: Waiting): void => {
    const { callId, id } = each.recording;
    done(each, { event: 'recording-lost', callId, recordingId: id });
  };

  const fetch = async (each: Waiting, line: LineRecordings): Promise<void> => {
    const { recording } = each;
    const account = ports.account();
    try {
      await mkdir(dirname(recording.path), { recursive: true, mode: 0o700 });
      const { durationMs } = await line.fetch(recording.sid, recording.path);
      await ports.readLevels(recording.path);
      const { callId, id } = recording;
      done(each, { event: 'recording-saved', callId, recordingId: id, durationMs });
      ports.problem(null);
    } catch (error) {
      if (!(error instanceof ProblemError))
        log.error({ err: error }, 'a recording was not fetched');
      else if (error.problem.kind === 'storage-failed') ports.problem(error.problem);
      else if (error.problem.kind === 'not-available' && isOf(account, recording)) lost(each);
    }
  };
  /** Whether the account that was asked is the one that made the recording. */
  const isOf = (asked: string, { account, startedAt }: AwaitedRecording): boolean =>
    account === null ? clock.now() - startedAt > OTHER_ACCOUNT_MS : account === asked;

  const look = (each: Waiting): void => {
    each.cancel();
    if (closed || each.fetching) return;
    const line = ports.atTwilio();
    if (line === null) {
      lookLater(each);
      return;
    }
    each.fetching = true;
    const fetched = fetch(each, line).finally(() => {
      each.fetching = false;
      fetches.delete(fetched);
      if (!closed && waiting.get(each.recording.id) === each) lookLater(each);
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
      const each: Waiting = { recording, looks: 0, fetching: false, cancel: () => {} };
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
    forget: id => {
      waiting.get(id)?.cancel();
      waiting.delete(id);
    },
    close: async () => {
      closed = true;
      for (const { cancel } of waiting.values()) cancel();
      await Promise.all(fetches);
    },
  };
}

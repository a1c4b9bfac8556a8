import type { Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { explainCode } from '../core/twilio-codes.ts';
import type { Log } from '../log.ts';
import { writeRecording } from './recording-download.ts';
import type { RecordingRest } from './recording-rest.ts';
import { SoundFault } from './recording-sound.ts';
import { codeOfStatus, problemOf } from './refusals.ts';

/** The pause before Twilio is asked again, in ms; each further one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** How long is waited in all, in ms, besides the time that downloads take. */
const WAIT_LIMIT_MS = 5 * 60 * 1000;

/** How often sound is taken that is not the recording. */
const MOST_FAULTS = 3;

/** How long Twilio may take to begin with a file, in ms. */
const ANSWER_LIMIT_MS = 45_000;

/** Brings recordings here. */
type RecordingFetch = {
  /** The same recording to the same place is fetched once at a time. */
  readonly fetch: (
    rest: RecordingRest,
    recordingSid: string,
    path: string,
  ) => Promise<{ readonly durationMs: number }>;
  /** Gives up everything that is being fetched. */
  readonly close: () => Promise<void>;
};

/** What one try came to: the sound is here, or why not yet. */
type Try =
  | { readonly durationMs: number }
  | {
      readonly problem: Problem;
      /** How long Twilio wants to be left alone, in ms. */
      readonly afterMs?: number;
      readonly cause?: unknown;
    };

/** Failures that pass. */
const PASSING: ReadonlySet<Problem['kind']> = new Set(['twilio-unreachable', 'rate-limited']);

/** Builds what fetches the recordings of a line. */
export function createRecordingFetch(clock: Clock, log: Log): RecordingFetch {
  const closing = new AbortController();
  const running = new Map<string, Promise<{ durationMs: number }>>();

  const download = async (rest: RecordingRest, sid: string, path: string, found: Found) => {
    const giveUp = new AbortController();
    const stop = (): void => giveUp.abort();
    closing.signal.addEventListener('abort', stop);
    if (closing.signal.aborted) stop();
    const cancel = clock.after(ANSWER_LIMIT_MS, stop);
    try {
      const answer = await rest.sound(sid, found.channels === 1 ? 1 : 2, giveUp.signal);
      cancel();
      if (answer.status === 200) {
        const toldS = found.durationS;
        return { durationMs: await writeRecording(answer.body, path, { clock, giveUp, toldS }) };
      }
      answer.body.destroy();
      return refused(answer);
    } catch (error) {
      if (error instanceof SoundFault) return { problem: NOT_WHOLE, cause: error };
      if (giveUp.signal.aborted) return { problem: STALLED, cause: error };
      throw problemOf(error);
    } finally {
      cancel();
      closing.signal.removeEventListener('abort', stop);
    }
  };

  const attempt = async (rest: RecordingRest, sid: string, path: string): Promise<Try> => {
    try {
      const found = await rest.fetch(sid);
      if (found === null) throw new ProblemError(GONE);
      if (found.state === 'none') throw new ProblemError(withoutSound(found.errorCode));
      if (found.state === 'preparing') return { problem: PREPARING };
      if (found.isElsewhere) throw new ProblemError(ELSEWHERE);
      return await download(rest, sid, path, found);
    } catch (error) {
      if (!(error instanceof ProblemError) || !PASSING.has(error.problem.kind)) throw error;
      return { problem: error.problem, cause: error };
    }
  };

  const bring = async (rest: RecordingRest, sid: string, path: string) => {
    let pauseMs = FIRST_PAUSE_MS;
    let waitedMs = 0;
    let faults = 0;
    for (;;) {
      const tried = await attempt(rest, sid, path);
      if ('durationMs' in tried) return tried;
      const { problem, afterMs = 0, cause } = tried;
      if (closing.signal.aborted) throw new ProblemError(CLOSED);
      if (cause instanceof SoundFault) {
        faults += 1;
        log.warn({ recordingSid: sid, fault: cause.message }, 'a recording did not come whole');
      }
      const nextMs = Math.max(pauseMs, afterMs);
      if (waitedMs + nextMs > WAIT_LIMIT_MS || faults >= MOST_FAULTS) {
        throw new ProblemError(problem, { cause });
      }
      waitedMs += nextMs;
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      await passes(clock, nextMs, closing.signal);
    }
  };

  return {
    fetch: (rest, recordingSid, path) => {
      const key = `${recordingSid} ${path}`;
      const known = running.get(key);
      if (known !== undefined) return known;
      const begun = bring(rest, recordingSid, path).finally(() => running.delete(key));
      running.set(key, begun);
      return begun;
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled(running.values());
    },
  };
}

type Found = NonNullable<Awaited<ReturnType<RecordingRest['fetch']>>>;
type FileAnswer = Awaited<ReturnType<RecordingRest['sound']>>;

/** What is made of an answer that is no sound. */
function refused({ status, retryAfterMs }: FileAnswer): Try {
  // Twilio may say that a recording is complete before its sound can be had.
  if (status === 404) return { problem: PREPARING };
  const code = codeOfStatus(status);
  const problem = code === null ? notHandedOut(status) : explainCode(code);
  if (!PASSING.has(problem.kind)) throw new ProblemError(problem);
  return { problem, ...(retryAfterMs === null ? {} : { afterMs: retryAfterMs }) };
}

/** Waits; rejects at once when the line is closed. */
function passes(clock: Clock, ms: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(new ProblemError(CLOSED));
    };
    const cancel = clock.after(ms, () => {
      closing.removeEventListener('abort', stop);
      resolve();
    });
    closing.addEventListener('abort', stop, { once: true });
  });
}

/** Why there is no sound, by Twilio's code. Source: Recording Status Callbacks, `absent` */
const NO_SOUND: Readonly<Record<number, string>> = {
  16101: 'The recording was too short for Twilio to keep.',
  16102: 'Nothing was heard in the recording, and the account does not keep silence.',
};

function withoutSound(code: number | null): Problem {
  return {
    kind: 'not-available',
    message: NO_SOUND[code ?? 0] ?? 'Twilio has no sound of this recording.',
    remedy: 'Record the next call on this computer to be sure of its sound.',
    ...(code === null ? {} : { code: String(code) }),
  };
}

function notHandedOut(status: number): Problem {
  return {
    kind: 'refused-by-twilio',
    message: 'Twilio does not hand the recording out.',
    remedy: 'Save it from the Twilio Console.',
    code: String(status),
  };
}

const GONE: Problem = {
  kind: 'not-available',
  message: 'Twilio does not know this recording any more: it was deleted there.',
  remedy: 'Look whether somebody kept it elsewhere.',
  code: '20404',
};

const ELSEWHERE: Problem = {
  kind: 'not-available',
  message: 'Twilio put the recording into the account’s own storage, which Earshot cannot read.',
  remedy: 'Fetch it from there, or turn external storage of recordings off in the Twilio Console.',
};

const PREPARING: Problem = {
  kind: 'twilio-unreachable',
  message: 'Twilio still prepares the recording.',
  remedy: 'Try again in some minutes.',
};

const STALLED: Problem = {
  kind: 'twilio-unreachable',
  message: 'The recording stopped coming before it was whole. Twilio still has it.',
  remedy: 'Check the internet connection and try again.',
};

const NOT_WHOLE: Problem = {
  kind: 'file-unreadable',
  message:
    'What Twilio sent is not the whole recording, or sound that Earshot does not read. Twilio still has it.',
  remedy: 'Try again, or save it from the Twilio Console.',
};

const CLOSED: Problem = {
  kind: 'line-down',
  message: 'The line was closed before the recording was here. Twilio still has it.',
  remedy: 'Open the line again to fetch it.',
};

import type { CallId } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import { ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import { statusWord } from './call-status.ts';
import { problemKind } from './call-watch.ts';
import { LatestSids } from './latest-sids.ts';
import { createRecordingFetch } from './recording-fetch.ts';
import type { RecordingRest } from './recording-rest.ts';
import type { WebhookHandler } from './server.ts';
import { text } from './webhook-fields.ts';
import { createWebhookUrls, RECORDING_PATH } from './webhook-urls.ts';

/** What Twilio says when it is done with a recording. */
type ToldRecording = {
  readonly callSid: string;
  readonly recordingSid: string;
  /** `completed`: its sound can be fetched. Otherwise there is none and never will be. */
  readonly status: 'completed' | 'absent' | 'failed';
  readonly durationMs: number;
};

/** What recordings need of the rest. */
export type RecordingPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Null when only a relay is known, which records nothing. */
  readonly recordingRest: RecordingRest | null;
  /** The public address without a path; null when Twilio cannot tell how a recording goes on. */
  readonly origin: () => string | null;
  readonly isTrial: () => boolean;
  /** The CallSid of a live call. Throws a `ProblemError` when there is no such call. */
  readonly sidOf: (id: CallId) => string;
  /**
   * Told once when Twilio is done with a recording, which may be long after its call is over. It may
   * never be told: then fetching finds out.
   */
  readonly onRecording: (told: ToldRecording) => void;
};

/** Recordings that Twilio makes. Everything that fails as expected rejects with a `ProblemError`. */
export type RecordingActions = {
  /** The account that is asked; null when only a relay is known. */
  readonly accountSid: string | null;
  /**
   * Lets Twilio record a live call, each side on a channel of its own. A `call-uncertain` problem
   * says that it may be recorded all the same.
   * @returns Twilio's RecordingSid
   */
  readonly start: (callId: CallId) => Promise<string>;
  /** Keeps silence in place of what is said now, so that times stay true, or records on. */
  readonly pause: (callId: CallId, recordingSid: string, on: boolean) => Promise<void>;
  /** Ends a recording. One of a call that is over has ended with it. */
  readonly stop: (callId: CallId, recordingSid: string) => Promise<void>;
  /**
   * Brings the sound of a recording that has ended into a WAV file here: 8 kHz, 16 bits, them on
   * the left, us on the right. Waits some minutes while Twilio prepares it. The file is there when it
   * is whole, or not at all. A `not-available` problem says that there is no sound to be had, ever;
   * after any other it may be fetched later.
   */
  readonly fetch: (recordingSid: string, path: string) => Promise<{ readonly durationMs: number }>;
  /** Deletes a recording at Twilio; one that is gone already stays so. */
  readonly remove: (recordingSid: string) => Promise<void>;
};

/** The recordings of a line. */
type Recordings = {
  readonly actions: RecordingActions;
  /** What Twilio tells about recordings, by path. */
  readonly webhooks: ReadonlyMap<string, WebhookHandler>;
  /** Gives up what is being fetched. */
  readonly close: () => Promise<void>;
};

const RECORDING_SID = /^RE[0-9a-f]{32}$/i;

/** Builds the recordings of a line. */
export function createRecordings(ports: RecordingPorts): Recordings {
  const { clock, log, origin, sidOf, onRecording } = ports;
  const urls = createWebhookUrls(origin);
  const told = new LatestSids();
  const fetching = createRecordingFetch(clock, log);

  const rest = (): RecordingRest => {
    if (ports.recordingRest === null) throw new ProblemError(RELAY_ONLY);
    return ports.recordingRest;
  };

  const start = async (callId: CallId): Promise<string> => {
    const callSid = sidOf(callId);
    if (ports.isTrial()) throw new ProblemError(ON_TRIAL);
    try {
      return await rest().start(callSid, origin() === null ? null : urls.recording());
    } catch (error) {
      if (problemKind(error) !== 'call-uncertain') throw error;
      // One that runs and that nobody here knows of could not be stopped.
      const running = await rest()
        .running(callSid)
        .catch(() => null);
      if (running === null) throw error;
      return running;
    }
  };

  const stop = async (callId: CallId, recordingSid: string): Promise<void> => {
    let callSid: string;
    try {
      callSid = sidOf(callId);
    } catch (error) {
      if (problemKind(error) === 'no-such-call') return;
      throw error;
    }
    await rest().stop(callSid, recordingSid);
  };

  const hear: WebhookHandler = async ({ params }) => {
    const recordingSid = text(params['RecordingSid']);
    const status = statusWord(text(params['RecordingStatus']));
    if (!isEnd(status) || !RECORDING_SID.test(recordingSid)) {
      log.debug({ status }, 'a recording goes on, or is none');
      return null;
    }
    if (told.has(recordingSid)) return null;
    told.add(recordingSid);
    const durationS = Number(text(params['RecordingDuration']));
    onRecording({
      callSid: text(params['CallSid']),
      recordingSid,
      status,
      durationMs: durationS > 0 ? durationS * 1000 : 0,
    });
    return null;
  };

  return {
    actions: {
      accountSid: ports.recordingRest?.accountSid ?? null,
      start,
      pause: async (callId, recordingSid, on) => rest().pause(sidOf(callId), recordingSid, on),
      stop,
      fetch: async (recordingSid, path) => fetching.fetch(rest(), recordingSid, path),
      remove: async recordingSid => rest().remove(recordingSid),
    },
    webhooks: new Map([[RECORDING_PATH, hear]]),
    close: fetching.close,
  };
}

function isEnd(status: string): status is ToldRecording['status'] {
  return status === 'completed' || status === 'absent' || status === 'failed';
}

const RELAY_ONLY = {
  kind: 'not-available',
  message: 'The relay starts calls, but cannot let Twilio record them.',
  remedy: 'Record on this computer, or enter the account the relay uses.',
} as const;

const ON_TRIAL = {
  kind: 'trial-account',
  message: 'This is a trial account: Twilio records none of its calls. The call goes on.',
  remedy: 'Upgrade the account in the Twilio Console, or use the practice line.',
} as const;

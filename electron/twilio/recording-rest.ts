import { answerOf, isGone, problemOf } from './refusals.ts';
import { askForFile, type Client, type FileAnswer } from './rest-client.ts';

/** A recording as Twilio has it. */
type TwilioRecording = {
  /** `ready`: its sound can be had. `none`: there is no sound and never will be. */
  readonly state: 'preparing' | 'ready' | 'none';
  /** Its length, in whole seconds; null while Twilio does not tell. */
  readonly durationS: number | null;
  /** Twilio's code for why there is no sound; null when it tells none. */
  readonly errorCode: number | null;
  /** How many it has of its own; null when Twilio does not tell. */
  readonly channels: number | null;
  /** Whether its sound lies with the account's own storage and not with Twilio. */
  readonly isElsewhere: boolean;
};

/** The Recordings resource, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type RecordingRest = {
  /** The account that is asked. */
  readonly accountSid: string;
  /**
   * Lets Twilio record a live call, each side on a channel of its own. A `call-uncertain` problem
   * says that it may be recorded all the same.
   * @param callback where to tell how it goes on, if anywhere
   * @returns its RecordingSid
   */
  readonly start: (callSid: string, callback: string | null) => Promise<string>;
  /** The latest recording of a call that was begun by a request and still runs; null when there is none. */
  readonly running: (callSid: string) => Promise<string | null>;
  /** Keeps silence in place of what comes now, or records on. */
  readonly pause: (callSid: string, recordingSid: string, on: boolean) => Promise<void>;
  /** Ends a recording; one that is over stays so. */
  readonly stop: (callSid: string, recordingSid: string) => Promise<void>;
  /** The recording as it is now; null when Twilio does not know it. */
  readonly fetch: (recordingSid: string) => Promise<TwilioRecording | null>;
  /**
   * Asks once for its sound as a WAV file. Rejects with what the network fails with; a refusal is
   * an answer.
   * @param channels how many are wanted, no more than it has
   */
  readonly sound: (
    recordingSid: string,
    channels: 1 | 2,
    signal: AbortSignal,
  ) => Promise<FileAnswer>;
  /** Deletes a recording; one that Twilio does not know is gone already. */
  readonly remove: (recordingSid: string) => Promise<void>;
};

/** What a recording is that has no sound. Source: Recordings resource, `status` */
const WITHOUT_SOUND: ReadonlySet<string> = new Set(['absent', 'deleted', 'failed']);

const RUNNING: ReadonlySet<string> = new Set(['in-progress', 'paused']);

/** How many recordings of one call are looked at. */
const MOST_RECORDINGS = 50;

/** Twilio's recordings through its own client. */
export function createRecordingRest(client: Client): RecordingRest {
  const update = (
    callSid: string,
    recordingSid: string,
    change: { readonly status: 'paused' | 'in-progress' | 'stopped'; pauseBehavior?: string },
  ) => client.calls(callSid).recordings(recordingSid).update(change);
  const pathOf = (recordingSid: string): string =>
    `/2010-04-01/Accounts/${client.accountSid}/Recordings/${recordingSid}`;
  return {
    accountSid: client.accountSid,
    start: async (callSid, callback) => {
      const { sid } = await answerOf(
        client.calls(callSid).recordings.create({
          recordingChannels: 'dual',
          recordingTrack: 'both',
          trim: 'do-not-trim',
          ...(callback === null
            ? {}
            : {
                recordingStatusCallback: callback,
                recordingStatusCallbackMethod: 'POST',
                recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
              }),
        }),
      );
      return sid;
    },
    running: async callSid => {
      const list = client.calls(callSid).recordings.list({ limit: MOST_RECORDINGS });
      const found = (await answerOf(list)).find(
        ({ status, source }) => source === 'StartCallRecordingAPI' && RUNNING.has(status),
      );
      return found?.sid ?? null;
    },
    pause: async (callSid, recordingSid, on) => {
      // Silence, so that what comes after stands where it was said.
      const change = on
        ? ({ status: 'paused', pauseBehavior: 'silence' } as const)
        : ({ status: 'in-progress' } as const);
      await answerOf(update(callSid, recordingSid, change));
    },
    stop: async (callSid, recordingSid) => {
      try {
        await update(callSid, recordingSid, { status: 'stopped' });
      } catch (error) {
        if (!isGone(error)) throw problemOf(error);
      }
    },
    fetch: async recordingSid => {
      try {
        const found = await client.recordings(recordingSid).fetch();
        const { status, duration, errorCode, channels, mediaUrl } = found;
        const durationS = Number.parseInt(duration ?? '', 10);
        return {
          state: stateOf(status),
          durationS: durationS >= 0 ? durationS : null,
          errorCode: errorCode ?? null,
          channels: channels ?? null,
          isElsewhere: isOther(mediaUrl, pathOf(recordingSid)),
        };
      } catch (error) {
        if (isGone(error)) return null;
        throw problemOf(error);
      }
    },
    sound: (recordingSid, channels, signal) =>
      askForFile(client, `${pathOf(recordingSid)}.wav?RequestedChannels=${channels}`, signal),
    remove: async recordingSid => {
      try {
        await client.recordings(recordingSid).remove();
      } catch (error) {
        if (!isGone(error)) throw problemOf(error);
      }
    },
  };
}

function stateOf(status: string): TwilioRecording['state'] {
  if (status === 'completed') return 'ready';
  return WITHOUT_SOUND.has(status) ? 'none' : 'preparing';
}

/** Whether an address of sound is another one than Twilio's own for it; one that is not told is not. */
function isOther(mediaUrl: string | null | undefined, path: string): boolean {
  if (mediaUrl === null || mediaUrl === undefined || mediaUrl === '') return false;
  return !URL.canParse(mediaUrl) || !new URL(mediaUrl).pathname.startsWith(path);
}

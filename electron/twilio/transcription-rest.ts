import { ProblemError } from '../core/problem.ts';
import { problemKind } from './call-watch.ts';
import type { Client } from './rest-client.ts';
import { answerAbout, endOf } from './room-problems.ts';
import { type NewTranscription, transcriptionFields } from './transcription-fields.ts';

/** The Transcriptions resource of calls, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type TranscriptionRest = {
  /**
   * Begins to transcribe a live leg. A `call-uncertain` problem says that it may be transcribed all
   * the same. @returns its sid (GT…)
   */
  readonly start: (callSid: string, transcription: NewTranscription) => Promise<string>;
  /** Ends a transcription, called by its sid or by its name; one that is over stays so. */
  readonly stop: (callSid: string, sidOrName: string) => Promise<void>;
};

/** Twilio's real-time transcriptions through its own client. */
export function createTranscriptionRest(client: Client): TranscriptionRest {
  return {
    start: async (callSid, transcription) => {
      const fields = transcriptionFields(transcription);
      try {
        return (await answerAbout(client.calls(callSid).transcriptions.create(fields))).sid;
      } catch (error) {
        throw problemKind(error) === 'trial-account' ? notOnTrial(error) : error;
      }
    },
    stop: (callSid, sidOrName) =>
      endOf(client.calls(callSid).transcriptions(sidOrName).update({ status: 'stopped' })),
  };
}

/** What Twilio says of trial accounts is about their sound. */
function notOnTrial(error: unknown): ProblemError {
  return new ProblemError(
    {
      kind: 'trial-account',
      message: 'Twilio does not write down the calls of this trial account. The call goes on.',
      remedy: 'Let this computer write calls down, or upgrade the account in the Twilio Console.',
    },
    { cause: error },
  );
}

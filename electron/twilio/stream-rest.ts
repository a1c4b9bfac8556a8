import type { Client } from './rest-client.ts';
import { answerAbout, endOf } from './room-problems.ts';

/** A stream to begin beside a call. */
type NewStream = {
  readonly url: string;
  /** `both_tracks`: what the leg says and what it hears. */
  readonly track: 'both_tracks' | 'inbound_track';
  readonly name: string;
  readonly callback: string;
  /** Handed back by the stream's `start` message. */
  readonly token: string;
};

/** The Streams resource, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type StreamRest = {
  /** Begins a stream beside whatever a live call does. `stream-refused` when Twilio does not. @returns its StreamSid */
  readonly start: (callSid: string, stream: NewStream) => Promise<string>;
  /** Ends a stream; one that is over stays so. */
  readonly stop: (callSid: string, streamSid: string) => Promise<void>;
};

/** Twilio's one-way streams through its own client. */
export function createStreamRest(client: Client): StreamRest {
  return {
    start: async (callSid, { url, track, name, callback, token }) => {
      const started = client.calls(callSid).streams.create({
        url,
        track,
        name,
        statusCallback: callback,
        statusCallbackMethod: 'POST',
        'parameter1.name': 'token',
        'parameter1.value': token,
      });
      return (await answerAbout(started, 'stream-refused')).sid;
    },
    stop: (callSid, streamSid) =>
      endOf(client.calls(callSid).streams(streamSid).update({ status: 'stopped' })),
  };
}

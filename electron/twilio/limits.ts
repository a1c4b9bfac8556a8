/** Largest webhook body: Twilio's forms are a few kB. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** How long a request may take to arrive whole. */
export const REQUEST_LIMIT_MS = 5000;

/** Largest WebSocket message: a media message is about 300 bytes. */
export const FRAME_LIMIT_BYTES = 64 * 1024;

/** Most stream sockets at once. */
export const MOST_STREAMS = 1024;

/** Most stream sockets at once that have not said which call they belong to. */
export const MOST_PENDING_STREAMS = 64;

/**
 * Most requests at once. All peers together: behind a tunnel every request comes from the same
 * address of this computer, so that a limit for each peer would be one for Twilio.
 */
export const MOST_REQUESTS = 256;

/** What was refused or not understood, by kind. */
export type Fault =
  | 'signature'
  | 'signatureSkipped'
  | 'noAuthToken'
  | 'replay'
  | 'unknownPath'
  | 'wrongMethod'
  | 'oversizedBody'
  | 'slowBody'
  | 'malformedBody'
  | 'malformedTranscription'
  | 'tooManyRequests'
  | 'streamToken'
  | 'startTimeout'
  | 'tooManyStreams'
  | 'tooManyPending'
  | 'malformedMessage'
  | 'badBase64'
  | 'oversizedFrame';

/** How often each fault happened since the start. */
export type FaultCounts = Record<Fault, number>;

/** No fault yet. */
export function noFaults(): FaultCounts {
  return {
    signature: 0,
    signatureSkipped: 0,
    noAuthToken: 0,
    replay: 0,
    unknownPath: 0,
    wrongMethod: 0,
    oversizedBody: 0,
    slowBody: 0,
    malformedBody: 0,
    malformedTranscription: 0,
    tooManyRequests: 0,
    streamToken: 0,
    startTimeout: 0,
    tooManyStreams: 0,
    tooManyPending: 0,
    malformedMessage: 0,
    badBase64: 0,
    oversizedFrame: 0,
  };
}

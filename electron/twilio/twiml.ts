import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

/**
 * Connects the call to a stream here and, should the stream be lost, asks again instead of ending.
 * @param token handed back by the stream's `start` message
 * @param resumeUrl asked when the stream is over while the call is not
 */
export function connectStream(streamUrl: string, token: string, resumeUrl: string): string {
  const response = new VoiceResponse();
  response.connect().stream({ url: streamUrl }).parameter({ name: 'token', value: token });
  response.redirect({ method: 'POST' }, resumeUrl);
  return response.toString();
}

/** Keeps a call ringing for a second, then asks again. A leading Pause delays the pick-up. */
export function keepRinging(nextUrl: string): string {
  const response = new VoiceResponse();
  response.pause({ length: 1 });
  response.redirect({ method: 'POST' }, nextUrl);
  return response.toString();
}

/** Refuses a call that still rings; the caller hears the busy tone and is not charged. */
export function rejectCall(): string {
  const response = new VoiceResponse();
  response.reject({ reason: 'busy' });
  return response.toString();
}

/** Ends the call. */
export function hangUpCall(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

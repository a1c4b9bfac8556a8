import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

/** The auth token of the tests. */
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

/** Posts a form the way Twilio does, signed. */
export function postSigned(
  url: string,
  params: Readonly<Record<string, string>>,
  authToken = AUTH_TOKEN,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { 'x-twilio-signature': getExpectedTwilioSignature(authToken, url, params) },
  });
}

/** The header of a stream's handshake. @param url its ws address */
export function signedUpgrade(url: string, authToken = AUTH_TOKEN): Record<string, string> {
  return { 'x-twilio-signature': getExpectedTwilioSignature(authToken, url, {}) };
}

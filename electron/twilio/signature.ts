import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/** The header Twilio signs its requests with. Source: https://www.twilio.com/docs/usage/security */
export const SIGNATURE_HEADER = 'x-twilio-signature';

/**
 * Whether a form webhook was sent by Twilio.
 * @param url the public address Twilio was given, with its query
 * @param params the form's fields, as they were posted
 */
export function isSignedWebhook(
  authToken: string,
  signature: string | undefined,
  url: string,
  params: Readonly<Record<string, unknown>>,
): boolean {
  return signature !== undefined && validateRequest(authToken, signature, url, { ...params });
}

/**
 * Whether a Media Streams handshake was sent by Twilio: signed over the wss address without
 * parameters, which is seen with and without a trailing slash.
 */
export function isSignedUpgrade(
  authToken: string,
  signature: string | undefined,
  streamUrl: string,
): boolean {
  if (signature === undefined) return false;
  return [streamUrl, `${streamUrl}/`].some(url => validateRequest(authToken, signature, url, {}));
}

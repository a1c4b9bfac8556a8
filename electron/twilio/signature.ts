import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { queryFields, type WebhookParams } from './webhook-fields.ts';

/** The header Twilio signs its requests with. Source: https://www.twilio.com/docs/usage/security */
export const SIGNATURE_HEADER = 'x-twilio-signature';

/** The body of a webhook, as it came. */
export type WebhookBody = {
  readonly raw: Buffer;
  /** The fields of a form; null for any other body, of which a signature covers the hash alone. */
  readonly form: WebhookParams | null;
};

/** A request's signature; of several the first, and empty when there is none. */
export function signatureOf(headers: IncomingHttpHeaders): string {
  return [headers[SIGNATURE_HEADER]].flat()[0]?.split(',', 1)[0]?.trim() ?? '';
}

/**
 * Whether a webhook was sent by Twilio. Ports, and the ways to write a query, are tried as Twilio's
 * own library tries them.
 * @param origins those the request may have been sent to
 * @param url the path and query it asked for
 */
export function isSignedWebhook(
  authToken: string,
  signature: string,
  origins: readonly string[],
  url: string,
  { raw, form }: WebhookBody,
): boolean {
  const hash = queryFields(url)['bodySHA256'];
  if (hash !== undefined && !isHashOf(hash, raw)) return false;
  const params = hash === undefined ? form : {};
  if (params === null) return false;
  return isSigned(
    authToken,
    signature,
    origins.map(origin => origin + url),
    params,
  );
}

/**
 * Whether a Media Streams handshake was sent by Twilio: signed over the wss address without
 * parameters, which is seen with and without a trailing slash.
 */
export function isSignedUpgrade(
  authToken: string,
  signature: string,
  origins: readonly string[],
  url: string,
): boolean {
  const [path = ''] = url.split('?', 1);
  const query = url.slice(path.length);
  const paths = path.endsWith('/') ? [path, path.slice(0, -1)] : [path, `${path}/`];
  const urls = origins
    .map(origin => origin.replace(/^http/i, 'ws'))
    // Twilio's library knows the standard port of https only, and would add 80 to a wss address.
    .flatMap(origin => (/^wss:.*:\d+$|^ws:/i.test(origin) ? [origin] : [origin, `${origin}:443`]))
    .flatMap(origin => paths.map(each => origin + each + query));
  return isSigned(authToken, signature, urls, {});
}

/** Compares in constant time, as Twilio's library does. */
function isSigned(
  authToken: string,
  signature: string,
  urls: readonly string[],
  params: WebhookParams,
): boolean {
  return urls.some(
    // What is no address cannot have been signed, but would throw.
    url => URL.canParse(url) && validateRequest(authToken, signature, url, { ...params }),
  );
}

function isHashOf(hash: string, raw: Buffer): boolean {
  const given = Buffer.from(hash);
  const right = Buffer.from(createHash('sha256').update(raw).digest('hex'));
  return given.length === right.length && timingSafeEqual(given, right);
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createSid } from './sid.ts';

/** What lets a program use an account in place of its auth token. */
export type ApiKey = { readonly sid: string; readonly secret: string };

/** The secrets of an account. */
export type Credentials = {
  readonly accountSid: string;
  readonly authToken: string;
  /** What the auth token became when the line pretends that it was changed. */
  readonly rotatedToken: string;
  readonly apiKey: ApiKey;
};

/** Makes an account with fresh secrets in Twilio's form. */
export function createCredentials(): Credentials {
  return {
    accountSid: createSid('AC'),
    authToken: randomBytes(16).toString('hex'),
    rotatedToken: randomBytes(16).toString('hex'),
    apiKey: { sid: createSid('SK'), secret: randomBytes(16).toString('hex') },
  };
}

/** Whether an Authorization header carries the account's auth token or its API key. */
export function isAuthorized(header: string | undefined, credentials: Credentials): boolean {
  const { accountSid, apiKey, authToken } = credentials;
  const given = digest(header ?? '');
  return [
    [accountSid, authToken],
    [apiKey.sid, apiKey.secret],
  ].some(pair => {
    const expected = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
    return timingSafeEqual(given, digest(expected));
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

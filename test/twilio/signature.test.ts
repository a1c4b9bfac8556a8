import { createHmac } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedUpgrade, isSignedWebhook } from '../../electron/twilio/signature.ts';

describe('Twilio’s signature', () => {
  it('is HMAC-SHA1 over the address and the sorted fields, as Twilio documents it', () => {
    const params = { To: '+18005551212', CallSid: 'CA1234567890ABCDE', Digits: '1234' };
    const url = 'https://example.test/voice/webhook?foo=1&bar=2';
    const signed = `${url}CallSidCA1234567890ABCDEDigits1234To+18005551212`;
    const signature = createHmac('sha1', '12345').update(signed).digest('base64');
    expect(isSignedWebhook('12345', signature, url, params)).toBe(true);
    expect(isSignedWebhook('12345', signature, url, { ...params, Digits: '1235' })).toBe(false);
    expect(isSignedWebhook('54321', signature, url, params)).toBe(false);
    expect(isSignedWebhook('12345', undefined, url, params)).toBe(false);
    expect(isSignedWebhook('12345', 'short', url, params)).toBe(false);
  });

  it('of a stream is made over its wss address, with or without a trailing slash', () => {
    const url = 'wss://example.test/voice/stream';
    for (const signed of [url, `${url}/`]) {
      expect(isSignedUpgrade('12345', getExpectedTwilioSignature('12345', signed, {}), url)).toBe(
        true,
      );
    }
    const http = getExpectedTwilioSignature('12345', 'https://example.test/voice/stream', {});
    expect(isSignedUpgrade('12345', http, url)).toBe(false);
    expect(isSignedUpgrade('12345', undefined, url)).toBe(false);
  });
});

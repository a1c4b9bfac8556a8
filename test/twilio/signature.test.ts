import { createHash, createHmac } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedUpgrade, isSignedWebhook, signatureOf } from '../../electron/twilio/signature.ts';
import { formFields, type WebhookParams } from '../../electron/twilio/webhook-fields.ts';

const TOKEN = '12345';
const HOST = 'https://example.test';
const NOTHING = Buffer.alloc(0);

/** Whether a form posted to `origins` passes, signed over `signed`. */
function passes(
  signed: string,
  origins: readonly string[],
  url: string,
  params: WebhookParams = { CallSid: 'CA1' },
): boolean {
  const signature = getExpectedTwilioSignature(TOKEN, signed, { ...params });
  return isSignedWebhook(TOKEN, signature, origins, url, { raw: NOTHING, form: params });
}

/** Whether a handshake passes, signed over `signed`. */
function opens(signed: string, origins: readonly string[], url: string): boolean {
  return isSignedUpgrade(TOKEN, getExpectedTwilioSignature(TOKEN, signed, {}), origins, url);
}

describe('Twilio’s signature of a form', () => {
  it('is HMAC-SHA1 over the address and the sorted fields, as Twilio documents it', () => {
    const form = { To: '+18005551212', CallSid: 'CA1234567890ABCDE', Digits: '1234' };
    const url = '/voice/webhook?foo=1&bar=2';
    const signed = `${HOST}${url}CallSidCA1234567890ABCDEDigits1234To+18005551212`;
    const right = createHmac('sha1', TOKEN).update(signed).digest('base64');
    const check = (token: string, signature: string, digits = '1234') =>
      isSignedWebhook(token, signature, [HOST], url, {
        raw: NOTHING,
        form: { ...form, Digits: digits },
      });
    expect(check(TOKEN, right)).toBe(true);
    expect(check(TOKEN, right, '1235')).toBe(false);
    expect(check('54321', right)).toBe(false);
    for (const wrong of ['', 'short', right.toLowerCase(), `${right}=`]) {
      expect(check(TOKEN, wrong), wrong).toBe(false);
    }
  });

  it('may be made with the standard port or without', () => {
    expect(passes(`${HOST}/a`, [`${HOST}:443`], '/a')).toBe(true);
    expect(passes(`${HOST}:443/a`, [HOST], '/a')).toBe(true);
    expect(passes('http://example.test:80/a', ['http://example.test'], '/a')).toBe(true);
    expect(passes('http://example.test/a', ['http://example.test:80'], '/a')).toBe(true);
    expect(passes(`${HOST}:80/a`, [HOST], '/a')).toBe(false);
  });

  it('may be made with a port of one’s own or without, but not with another', () => {
    expect(passes(`${HOST}:8443/a`, [`${HOST}:8443`], '/a')).toBe(true);
    expect(passes(`${HOST}/a`, [`${HOST}:8443`], '/a')).toBe(true);
    expect(passes(`${HOST}:8443/a`, [HOST], '/a')).toBe(false);
    expect(passes('https://[2001:db8::1]/a', ['https://[2001:db8::1]:8443'], '/a')).toBe(true);
  });

  it('is of one of several origins', () => {
    expect(passes(`${HOST}/a`, ['https://other.test', HOST], '/a')).toBe(true);
    expect(passes(`${HOST}/a`, [], '/a')).toBe(false);
    expect(passes(`${HOST}/a`, ['https://[', HOST], '/a')).toBe(true);
  });

  it('is made over the query as it was written, or as it is written elsewhere', () => {
    const raw = "/a?name=O'Neil&to=+1 2&say=a%20b";
    expect(passes(HOST + raw, [HOST], raw)).toBe(true);
    expect(passes(new URL(HOST + raw).href, [HOST], raw)).toBe(true);
    expect(passes(`${HOST}/a?name=a%2Cb`, [HOST], '/a?name=a,b')).toBe(true);
    expect(passes(`${HOST}/a?name=a%7Eb`, [HOST], '/a?name=a,b')).toBe(false);
  });

  it('counts equal values of a field once and sorts the others', () => {
    const signed = `${HOST}/aAddaAddbZip1`;
    const signature = createHmac('sha1', TOKEN).update(signed).digest('base64');
    for (const text of ['Add=a&Add=b&Zip=1', 'Zip=1&Add=b&Add=a&Add=b']) {
      const body = { raw: Buffer.from(text), form: formFields(text) };
      expect(isSignedWebhook(TOKEN, signature, [HOST], '/a', body), text).toBe(true);
    }
    const once = { raw: NOTHING, form: formFields('Add=b&Zip=1') };
    expect(isSignedWebhook(TOKEN, signature, [HOST], '/a', once)).toBe(false);
  });

  it('covers fields of any name and characters of any language', () => {
    const form = formFields('__proto__=x&constructor=y&Body=%E4%BD%A0%F0%9F%98%80&Empty=');
    expect(passes(`${HOST}/a`, [HOST], '/a', form)).toBe(true);
    expect(Object.keys(form)).toContain('__proto__');
  });
});

describe('Twilio’s signature of any other body', () => {
  const raw = Buffer.from('{"Event":"call.ended","Text":"\u{1F600}"}');
  const hash = createHash('sha256').update(raw).digest('hex');
  const check = (query: string, body: Buffer, form: WebhookParams | null = null): boolean => {
    const url = `/a${query}`;
    const signature = getExpectedTwilioSignature(TOKEN, HOST + url, {});
    return isSignedWebhook(TOKEN, signature, [HOST], url, { raw: body, form });
  };

  it('covers its bytes by the hash in the query', () => {
    expect(check(`?bodySHA256=${hash}`, raw)).toBe(true);
    expect(check(`?a=1&bodySHA256=${hash}`, raw)).toBe(true);
    expect(check(`?bodySHA256=${hash}`, Buffer.from(`${raw} `))).toBe(false);
    expect(check('?bodySHA256=', raw)).toBe(false);
    expect(check(`?bodySHA256=${hash.slice(1)}`, raw)).toBe(false);
  });

  it('without a hash covers nothing of it', () => {
    expect(check('', raw)).toBe(false);
    expect(check('?a=bodySHA256', raw)).toBe(false);
  });

  it('covers a form by the hash too when there is one, not by its fields', () => {
    const form = Buffer.from('a=1');
    const formHash = createHash('sha256').update(form).digest('hex');
    expect(check(`?bodySHA256=${formHash}`, form, { a: '1' })).toBe(true);
    expect(check(`?bodySHA256=${hash}`, form, { a: '1' })).toBe(false);
  });

  it('is not one of its hash alone: the address is signed', () => {
    const url = `/a?bodySHA256=${hash}`;
    expect(isSignedWebhook(TOKEN, 'x', [HOST], url, { raw, form: null })).toBe(false);
  });
});

describe('Twilio’s signature of a stream', () => {
  it('is made over its wss address, with or without a trailing slash', () => {
    const slashes = ['/voice/stream', '/voice/stream/'] as const;
    for (const signed of slashes) {
      for (const asked of slashes) {
        expect(opens(`wss://example.test${signed}`, [HOST], asked), signed + asked).toBe(true);
      }
    }
    expect(opens(`${HOST}/voice/stream`, [HOST], '/voice/stream')).toBe(false);
    expect(opens('wss://example.test/voice/streams', [HOST], '/voice/stream')).toBe(false);
  });

  it('may be made with a port or without', () => {
    expect(opens('wss://example.test:443/s', [HOST], '/s')).toBe(true);
    expect(opens('wss://example.test/s', [`${HOST}:443`], '/s')).toBe(true);
    expect(opens('wss://example.test/s', [`${HOST}:8443`], '/s')).toBe(true);
    expect(opens('wss://example.test:8443/s', [`${HOST}:8443`], '/s')).toBe(true);
    expect(opens('wss://10.0.0.1:443/s', ['https://10.0.0.1'], '/s')).toBe(true);
    expect(opens('ws://127.0.0.1:80/s', ['http://127.0.0.1'], '/s')).toBe(true);
    expect(opens('ws://127.0.0.1:3334/s', ['http://127.0.0.1:3334'], '/s')).toBe(true);
    expect(opens('wss://example.test:8443/s', [HOST], '/s')).toBe(false);
  });

  it('may be made over a query, whose slash is before it', () => {
    expect(opens('wss://example.test/s/?a=b/?c', [HOST], '/s?a=b/?c')).toBe(true);
  });

  it('must be there', () => {
    expect(isSignedUpgrade(TOKEN, '', [HOST], '/s')).toBe(false);
  });
});

describe('the header of the signature', () => {
  it('may come once, several times, or as a list, of which the first is taken', () => {
    expect(signatureOf({ 'x-twilio-signature': 'abc=' })).toBe('abc=');
    expect(signatureOf({ 'x-twilio-signature': ['abc=', 'def='] })).toBe('abc=');
    expect(signatureOf({ 'x-twilio-signature': 'abc=, def=' })).toBe('abc=');
    expect(signatureOf({})).toBe('');
  });
});

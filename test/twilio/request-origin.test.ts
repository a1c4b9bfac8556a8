import { describe, expect, it } from 'vitest';
import {
  type Forwarding,
  NO_FORWARDING,
  signedOrigins,
} from '../../electron/twilio/request-origin.ts';

/** The origins of a request whose headers and peer are these, while none is configured. */
function originsOf(
  headers: Record<string, string | string[]>,
  policy: Partial<Forwarding> = {},
  peer: string | undefined = '203.0.113.7',
): readonly string[] {
  return signedOrigins('', { headers, peer }, { ...NO_FORWARDING, ...policy });
}

const FORWARDED = { host: 'inner.test', 'x-forwarded-host': 'outer.test' };
const INNER = ['https://inner.test'];
const OUTER = ['https://outer.test'];

describe('a configured origin', () => {
  it('is what is signed, whatever the headers say', () => {
    const request = { headers: { ...FORWARDED, 'x-forwarded-proto': 'http' }, peer: '127.0.0.1' };
    const policy = { ...NO_FORWARDING, trustForwarded: true, ngrokLoopback: true };
    expect(signedOrigins('https://desk.test', request, policy)).toEqual(['https://desk.test']);
  });

  it('is taken letter for letter, without a path and with one that a proxy leaves out', () => {
    const of = (origin: string) =>
      signedOrigins(origin, { headers: {}, peer: undefined }, NO_FORWARDING);
    expect(of('https://Desk.test:8443/')).toEqual(['https://Desk.test:8443']);
    expect(of('https://desk.test/some/path/?a#b')).toEqual([
      'https://desk.test',
      'https://desk.test/some/path',
    ]);
    expect(of('https://ann@desk.test/a')).toEqual([
      'https://ann@desk.test',
      'https://desk.test',
      'https://ann@desk.test/a',
      'https://desk.test/a',
    ]);
  });

  it('may have been signed with its credentials or without', () => {
    const request = { headers: {}, peer: undefined };
    expect(signedOrigins('https://ann:p@ss@desk.test', request, NO_FORWARDING)).toEqual([
      'https://ann:p@ss@desk.test',
      'https://desk.test',
    ]);
  });

  it('may have been signed with the port the request was sent to', () => {
    const request = { headers: { host: 'elsewhere.test:8443' }, peer: undefined };
    expect(signedOrigins('https://ann@desk.test:9443', request, NO_FORWARDING)).toEqual([
      'https://ann@desk.test:9443',
      'https://desk.test:9443',
      'https://ann@desk.test:8443',
      'https://desk.test:8443',
    ]);
    expect(signedOrigins('https://[::1]', request, NO_FORWARDING)).toEqual([
      'https://[::1]',
      'https://[::1]:8443',
    ]);
  });
});

describe('an origin read from a request', () => {
  it('is https and the Host when no proxy is trusted', () => {
    const headers = { ...FORWARDED, 'x-forwarded-proto': 'http' };
    expect(originsOf(headers)).toEqual(INNER);
    expect(originsOf(headers, { trustedProxies: ['203.0.113.7'] })).toEqual(INNER);
  });

  it('is what any proxy says when forwarding is trusted', () => {
    expect(originsOf(FORWARDED, { trustForwarded: true })).toEqual(OUTER);
  });

  it('is what a proxy says about an allowed host only', () => {
    expect(originsOf(FORWARDED, { allowedHosts: ['OUTER.test'] })).toEqual(OUTER);
    expect(originsOf(FORWARDED, { allowedHosts: ['other.test'] })).toEqual(INNER);
    const two = { ...FORWARDED, 'x-original-host': 'other.test' };
    expect(originsOf(two, { allowedHosts: ['other.test'] })).toEqual(['https://other.test']);
  });

  it('is what a listed proxy says when proxies are listed', () => {
    const listed = { trustForwarded: true, trustedProxies: ['10.0.0.1', '2001:DB8::1', 'rubbish'] };
    expect(originsOf(FORWARDED, listed, '10.0.0.1')).toEqual(OUTER);
    expect(originsOf(FORWARDED, listed, '::ffff:10.0.0.1')).toEqual(OUTER);
    expect(originsOf(FORWARDED, listed, '2001:db8:0:0::1')).toEqual(OUTER);
    expect(originsOf(FORWARDED, listed, '10.0.0.2')).toEqual(INNER);
    expect(originsOf(FORWARDED, listed, undefined)).toEqual(INNER);
    const mapped = { allowedHosts: ['outer.test'], trustedProxies: ['::ffff:10.0.0.1'] };
    expect(originsOf(FORWARDED, mapped, '10.0.0.1')).toEqual(OUTER);
    expect(originsOf(FORWARDED, mapped, '10.0.0.2')).toEqual(INNER);
  });

  it('is what an ngrok agent on this computer says, and nobody else', () => {
    for (const peer of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(originsOf(FORWARDED, { ngrokLoopback: true }, peer), peer).toEqual(OUTER);
    }
    for (const peer of ['203.0.113.7', '::ffff:10.0.0.1', '', undefined]) {
      expect(originsOf(FORWARDED, { ngrokLoopback: true }, peer), peer).toEqual(INNER);
    }
    const elsewhere = { ngrokLoopback: true, trustedProxies: ['10.0.0.1'] };
    expect(originsOf(FORWARDED, elsewhere, '127.0.0.1')).toEqual(INNER);
  });

  it('is named by X-Forwarded-Host, X-Original-Host, then Ngrok-Forwarded-Host', () => {
    const trust = { trustForwarded: true };
    const ngrok = { host: 'inner.test', 'ngrok-forwarded-host': 'c.test' };
    expect(originsOf(ngrok, trust)).toEqual(['https://c.test']);
    const original = { ...ngrok, 'x-original-host': 'b.test' };
    expect(originsOf(original, trust)).toEqual(['https://b.test']);
    expect(originsOf({ ...original, 'x-forwarded-host': 'a.test' }, trust)).toEqual([
      'https://a.test',
    ]);
    expect(originsOf({ ...original, 'x-forwarded-host': 'a@b' }, trust)).toEqual([
      'https://b.test',
    ]);
  });

  it('has the scheme a trusted proxy names, if it is one', () => {
    const schemeOf = (proto: string) =>
      originsOf({ host: 'a.test', 'x-forwarded-proto': proto }, { trustForwarded: true })[0];
    expect(schemeOf('http')).toBe('http://a.test');
    expect(schemeOf('HTTPS, http')).toBe('https://a.test');
    expect(schemeOf('javascript')).toBe('https://a.test');
    expect(schemeOf('')).toBe('https://a.test');
  });

  it('is the first host of a list, in lower case, with its port as a variant', () => {
    const trust = { trustForwarded: true };
    for (const list of ['A.test, b.test', ['A.test', 'b.test'], 'A.TEST:8443,b.test']) {
      expect(originsOf({ 'x-forwarded-host': list }, trust)).toEqual(['https://a.test']);
    }
    expect(originsOf({ host: 'A.test:8443' })).toEqual(['https://a.test', 'https://a.test:8443']);
  });

  it('may be an address', () => {
    expect(originsOf({ host: '127.0.0.1' })).toEqual(['https://127.0.0.1']);
    expect(originsOf({ host: '[2001:DB8::1]' })).toEqual(['https://[2001:db8::1]']);
    expect(originsOf({ host: '[::1]:3334' })).toEqual(['https://[::1]', 'https://[::1]:3334']);
  });

  it('has a host name that RFC 1123 allows, or there is none', () => {
    const label = 'a'.repeat(63);
    const longest = `${label}.${label}.${label}.${'a'.repeat(61)}`;
    expect(originsOf({ host: longest })).toEqual([`https://${longest}`]);
    const wrong = [
      `${longest}a`,
      `${label}a.test`,
      'user@a.test',
      'a.test/path',
      '-a.test',
      'a-.test',
      'a..test',
      '.test',
      'a_b.test',
      'a b',
      '[',
      '[::1',
      '[127.0.0.1]',
      '[::1]x',
      '::1',
      'a.test:port',
      'exämple.test',
      '',
    ];
    for (const host of wrong) expect(originsOf({ host }), host).toEqual([]);
    expect(originsOf({})).toEqual([]);
  });
});

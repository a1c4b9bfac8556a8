import { describe, expect, test } from 'vitest';
import {
  addressIssues,
  addressOf,
  cleanDomain,
  credentialIssues,
  credentialsOf,
  firstChoice,
  mustAskToTake,
  NEW_SET_UP,
  type SetUp,
} from '../../../renderer/account/set-up.ts';
import { ACCOUNT, accountNumber } from '../console-states.ts';

const setUp = (change: Partial<SetUp>): SetUp => ({ ...NEW_SET_UP, ...change });
const KEY = `SK${'a'.repeat(32)}`;

describe('what opens the account', () => {
  test('is complete with SID and token', () => {
    const typed = setUp({ accountSid: ACCOUNT.sid, authToken: 'secret' });
    expect(credentialIssues(typed)).toEqual({});
    expect(credentialsOf(typed)).toEqual({ accountSid: ACCOUNT.sid, authToken: 'secret' });
  });

  test('says what is missing, and what is wrong with a SID', () => {
    expect(Object.keys(credentialIssues(NEW_SET_UP))).toEqual(['accountSid', 'authToken']);
    const issue = (accountSid: string) => credentialIssues(setUp({ accountSid })).accountSid;
    expect(issue('SK12')).toBe('An account SID begins with AC.');
    expect(issue('AC12')).toBe('An account SID has 32 signs after AC; this one has 2.');
    expect(issue(`AC${'z'.repeat(32)}`)).toContain('only 0 to 9 and a to f');
  });

  test('may be an API key, with the token beside it for calls that come in', () => {
    const typed = setUp({ accountSid: ACCOUNT.sid, way: 'key', apiKey: KEY, apiSecret: 's' });
    expect(credentialIssues(typed)).toEqual({});
    expect(credentialsOf(typed)).toEqual({
      accountSid: ACCOUNT.sid,
      apiKey: KEY,
      apiSecret: 's',
    });
    expect(addressIssues(setUp({ ...typed, tunnelToken: 't' })).authToken).toContain('auth token');
    expect(addressIssues({ ...typed, addressKind: 'none' })).toEqual({});
  });
});

describe('the address', () => {
  const issue = (url: string) => addressIssues(setUp({ addressKind: 'given', url })).url;

  test('of a tunnel needs a token, and a domain only if one is reserved', () => {
    expect(Object.keys(addressIssues(NEW_SET_UP))).toEqual(['tunnelToken']);
    const typed = setUp({ tunnelToken: 't' });
    expect(addressIssues(typed)).toEqual({});
    expect(addressOf(typed)).toEqual({ kind: 'tunnel', authtoken: 't' });
    expect(addressIssues({ ...typed, domain: 'nodots' }).domain).toBeDefined();
    expect(addressOf({ ...typed, domain: 'my.ngrok.app' })).toMatchObject({
      domain: 'my.ngrok.app',
    });
    expect(cleanDomain(' https://my.ngrok.app/path ')).toBe('my.ngrok.app');
  });

  test('of one’s own is an https address that can be reached from outside', () => {
    expect(issue('')).toBe('Enter the address.');
    expect(issue('http://desk.example.com')).toBe('Twilio needs https for calls that come in.');
    expect(issue('desk.example.com')).toBe('An address begins with https://.');
    expect(issue('https://192.168.1.4')).toBe('Twilio cannot reach this address from outside.');
    expect(issue('https://desk.example.com/')).toBeUndefined();
    expect(addressOf(setUp({ addressKind: 'given', url: 'https://desk.example.com/' }))).toEqual({
      kind: 'given',
      url: 'https://desk.example.com',
    });
  });

  test('may be none', () => {
    expect(addressOf(setUp({ addressKind: 'none' }))).toEqual({ kind: 'none' });
  });
});

describe('the number', () => {
  const other = accountNumber({ number: '+14155550188', sid: 'PN2' });
  const mute = accountNumber({ number: '+14155550199', sid: 'PN3', voice: false });

  test('to begin with is the one in use, or the only one that takes calls', () => {
    expect(firstChoice([accountNumber(), other], '+14155550188')).toBe('+14155550188');
    expect(firstChoice([accountNumber(), mute], null)).toBe('+14155550100');
    expect(firstChoice([accountNumber(), other], null)).toBeNull();
    expect(firstChoice([mute], mute.number)).toBeNull();
  });

  test('is asked about when another desk takes its calls and they would ring here', () => {
    const taken = accountNumber({ goesTo: 'another-desk' });
    const typed = setUp({
      checked: { account: ACCOUNT, numbers: [taken, other] },
      number: taken.number,
    });
    expect(mustAskToTake(typed)).toBe(true);
    expect(mustAskToTake({ ...typed, addressKind: 'none' })).toBe(false);
    expect(mustAskToTake({ ...typed, number: other.number })).toBe(false);
  });
});

import { expect, test } from 'vitest';
import {
  accountKind,
  balanceWords,
  callerIdWords,
  capabilityWords,
  goesToWords,
  maskedSid,
  newestFirst,
} from '../../../renderer/words/account-words.ts';
import { ACCOUNT, accountNumber } from '../console-states.ts';

test('an account is told by kind, balance and the end of its SID', () => {
  expect(accountKind({ ...ACCOUNT, type: 'trial' })).toBe('Trial account, active');
  expect(balanceWords(ACCOUNT.balance, 'en-US')).toBe('$12.34 left');
  expect(balanceWords({ amount: 3, currency: 'EUR' }, 'en-US')).toBe('€3.00 left');
  expect(balanceWords({ amount: 3, currency: '?' }, 'en-US')).toBe('3.00 ? left');
  expect(balanceWords(null)).toBe('Balance not told');
  expect(maskedSid(ACCOUNT.sid)).toBe('AC…1f2e');
});

test('a number says where its calls go now', () => {
  const words = (goesTo: 'here' | 'another-desk' | 'elsewhere' | 'application' | 'nowhere') =>
    goesToWords(accountNumber({ goesTo, voiceUrl: 'https://example.com/voice' }));
  expect(words('nowhere')).toBe('nowhere');
  expect(words('here')).toBe('here');
  expect(words('elsewhere')).toBe('example.com/voice');
  expect(words('another-desk')).toBe('another Earshot');
  expect(words('application')).toBe('a TwiML application');
  expect(goesToWords({ goesTo: 'elsewhere', voiceUrl: '' })).toBe('elsewhere');
});

test('a number says what it can do', () => {
  expect(capabilityWords({ voice: true, sms: true })).toBe('Voice, SMS');
  expect(capabilityWords({ voice: false, sms: true })).toBe('SMS');
  expect(capabilityWords({ voice: false, sms: false })).toBe('Neither voice nor SMS');
});

test('a number that may be shown has a name when its owner gave one', () => {
  const number = '+14155550100';
  expect(callerIdWords({ number, name: 'Main', kind: 'owned' })).toBe('Main +1 415 555 0100');
  expect(callerIdWords({ number, name: number, kind: 'owned' })).toBe('+1 415 555 0100');
  expect(callerIdWords({ number, name: '', kind: 'verified' })).toBe('+1 415 555 0100, verified');
});

test('reports are newest first', () => {
  const alert = { callSid: null, message: '', remedy: '', code: '', link: '' };
  const at = newestFirst([1, 3, 2].map(time => ({ ...alert, at: time }))).map(
    ({ at: time }) => time,
  );
  expect(at).toEqual([3, 2, 1]);
});

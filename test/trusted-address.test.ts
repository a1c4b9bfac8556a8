import { describe, expect, it } from 'vitest';
import { isTrusted } from '../electron/trusted-address.ts';

describe('a secret that a person entered', () => {
  it.each([
    'https://twilio.com',
    'https://api.twilio.com/2010-04-01',
    'wss://api.twilio.com',
    'http://127.0.0.1:4000',
    'ws://localhost:4000',
  ])('goes to %s', address => {
    expect(isTrusted(address, 'twilio.com')).toBe(true);
  });

  it.each([
    'http://api.twilio.com',
    'ws://api.twilio.com',
    'https://nottwilio.com',
    'https://twilio.com.example.net',
    'https://user@example.net/twilio.com',
    'http://10.0.0.1',
  ])('does not go to %s', address => {
    expect(isTrusted(address, 'twilio.com')).toBe(false);
  });
});

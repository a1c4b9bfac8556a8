import { describe, expect, it } from 'vitest';
import { StreamTokens } from '../../electron/twilio/stream-tokens.ts';

describe('stream tokens', () => {
  it('let into the call they were made for, until they are revoked', () => {
    const tokens = new StreamTokens();
    const first = tokens.mint('a');
    const second = tokens.mint('a');
    const other = tokens.mint('b');
    expect(first).not.toBe(second);
    expect([first, second, other].map(token => tokens.callOf(token))).toEqual(['a', 'a', 'b']);
    tokens.revoke('a');
    expect([first, second, other].map(token => tokens.callOf(token))).toEqual([null, null, 'b']);
  });

  it('are 16 random bytes in a form that needs no escaping', () => {
    expect(new StreamTokens().mint('a')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('let nobody in with anything else', () => {
    const tokens = new StreamTokens();
    const token = tokens.mint('a');
    for (const guess of ['', 'a', token.slice(1), `${token}x`, '__proto__']) {
      expect(tokens.callOf(guess)).toBeNull();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { StreamTokens } from '../../electron/twilio/stream-tokens.ts';

describe('stream tokens', () => {
  it('let into the call they were made for, until they are revoked', () => {
    const tokens = new StreamTokens();
    const first = tokens.mint('a');
    const second = tokens.mint('a');
    const other = tokens.mint('b');
    const all = [first, second, other];
    const calls = () => all.map(token => tokens.passOf(token)?.callId);
    expect(first).not.toBe(second);
    expect(calls()).toEqual(['a', 'a', 'b']);
    tokens.revoke('a');
    expect(calls()).toEqual([undefined, undefined, 'b']);
  });

  it('let in for one purpose and one leg, and can be revoked or spent by themselves', () => {
    const tokens = new StreamTokens();
    const talk = tokens.mint('a');
    const seat = tokens.mint('a', 'seat', 'CA2');
    const guard = tokens.mint('a', 'guard', 'CA3');
    expect(tokens.passOf(talk)).toEqual({ callId: 'a', purpose: 'talk', callSid: null });
    expect(tokens.passOf(seat)).toEqual({ callId: 'a', purpose: 'seat', callSid: 'CA2' });
    tokens.revoke('a', 'seat');
    expect(tokens.passOf(seat)).toBeNull();
    expect(tokens.passOf(guard)?.purpose).toBe('guard');
    tokens.spend(guard);
    expect(tokens.passOf(guard)).toBeNull();
    expect(tokens.passOf(talk)).not.toBeNull();
  });

  it('are 16 random bytes in a form that needs no escaping', () => {
    expect(new StreamTokens().mint('a')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('let nobody in with anything else', () => {
    const tokens = new StreamTokens();
    const token = tokens.mint('a');
    for (const guess of ['', 'a', token.slice(1), `${token}x`, '__proto__']) {
      expect(tokens.passOf(guess)).toBeNull();
    }
  });
});

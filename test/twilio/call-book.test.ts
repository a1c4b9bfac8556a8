import { describe, expect, it } from 'vitest';
import { CallBook, moveOn, type NewCall } from '../../electron/twilio/call-book.ts';
import { DANA, OURS } from './scripted-line.ts';

const dialled: NewCall = { id: 'a', direction: 'outbound', kind: 'direct', them: DANA, ours: OURS };

describe('the call book', () => {
  it('finds a call by either name until it is closed', () => {
    const book = new CallBook();
    const call = book.open(dialled, null);
    expect(book.name(call, 'CA1')).toBe(true);
    expect(book.name(call, 'CA1')).toBe(false);
    expect(book.byId('a')).toBe(call);
    expect(book.bySid('CA1')).toBe(call);
    book.close(call);
    expect(book.all()).toEqual([]);
    expect(book.bySid('CA1')).toBeUndefined();
    expect(book.isOver('CA1')).toBe(true);
  });

  it('takes every name of a call that Twilio renamed for over when the call is', () => {
    const book = new CallBook();
    const call = book.open(dialled, 'CA1');
    expect(book.name(call, 'CA2')).toBe(true);
    book.close(call);
    expect([book.isOver('CA1'), book.isOver('CA2')]).toEqual([true, true]);
  });

  it('knows a dialled call without a name by its number', () => {
    const book = new CallBook();
    const call = book.open(dialled, null);
    expect(book.unnamed(DANA.number)).toBe(call);
    expect(book.unnamed('+14155550199')).toBeUndefined();
    book.name(call, 'CA1');
    expect(book.unnamed(DANA.number)).toBeUndefined();
  });

  it('never moves a call back, whatever order callbacks come in', () => {
    const call = new CallBook().open(dialled, 'CA1');
    const moves = ['waiting', 'ringing', 'answered', 'requested', 'ended', 'answered'] as const;
    expect(moves.map(to => moveOn(call, to))).toEqual([true, false, true, false, true, false]);
  });
});

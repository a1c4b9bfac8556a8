import { describe, expect, it } from 'vitest';
import {
  type BookedCall,
  CallBook,
  endReason,
  moveOn,
  progressOf,
} from '../../electron/twilio/call-book.ts';

function booked(direction: 'inbound' | 'outbound', change: Partial<BookedCall> = {}): BookedCall {
  return Object.assign(new CallBook().open('a', direction, 'CA1'), change);
}

describe('the call book', () => {
  it('finds a call by either name until it is closed', () => {
    const book = new CallBook();
    const call = book.open('a', 'outbound', null);
    expect(book.name(call, 'CA1')).toBe(true);
    expect(book.name(call, 'CA1')).toBe(false);
    expect(book.byId('a')).toBe(call);
    expect(book.bySid('CA1')).toBe(call);
    book.close(call);
    expect(book.all()).toEqual([]);
    expect(book.bySid('CA1')).toBeUndefined();
  });

  it('never moves a call back, whatever order callbacks come in', () => {
    const call = booked('outbound');
    const moves = ['answered', 'ringing', 'requested', 'answered', 'ended', 'answered'] as const;
    expect(moves.map(to => moveOn(call, to))).toEqual([true, false, false, false, true, false]);
  });

  it('knows every status of Twilio’s and no other', () => {
    const statuses = ['queued', 'initiated', 'ringing', 'in-progress', 'completed', 'busy'];
    expect(statuses.map(progressOf)).toEqual([
      'requested',
      'requested',
      'ringing',
      'answered',
      'ended',
      'ended',
    ]);
    expect(progressOf('exploded')).toBeNull();
  });

  it('tells why a call ended by who did what', () => {
    const inbound = booked('inbound');
    expect(endReason(inbound, 'completed', true)).toBe('hung-up-there');
    expect(endReason(inbound, 'no-answer', false)).toBe('missed');
    expect(endReason(booked('inbound', { decision: 'decline' }), 'busy', false)).toBe('declined');
    expect(endReason(booked('inbound', { endedHere: true }), 'completed', true)).toBe(
      'hung-up-here',
    );
    const outbound = booked('outbound');
    for (const status of ['busy', 'no-answer', 'failed']) {
      expect(endReason(outbound, status, false)).toBe(status);
    }
    expect(endReason(outbound, 'canceled', false)).toBe('cancelled');
    expect(endReason(booked('outbound', { endedHere: true }), 'completed', false)).toBe(
      'cancelled',
    );
    expect(endReason(outbound, 'completed', true)).toBe('hung-up-there');
  });
});

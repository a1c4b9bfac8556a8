import { describe, expect, it } from 'vitest';
import type { CallKind, Direction } from '../../electron/core/call.ts';
import { type BookedCall, CallBook } from '../../electron/twilio/call-book.ts';
import {
  answererOf,
  directionOf,
  endReason,
  progressOf,
  statusWord,
} from '../../electron/twilio/call-status.ts';
import { DANA, OURS } from './scripted-line.ts';

const NOW = 1_000_000;

function booked(
  direction: Direction,
  change: Partial<BookedCall> = {},
  kind: CallKind = 'direct',
): BookedCall {
  const call = new CallBook().open({ id: 'a', direction, kind, them: DANA, ours: OURS }, 'CA1');
  return Object.assign(call, change);
}

describe('Twilio’s words', () => {
  it('are all known, however they are written, and no other', () => {
    const statuses = ['queued', 'initiated', ' Ringing', 'IN-PROGRESS', 'completed ', 'busy'];
    expect(statuses.map(progressOf)).toEqual([
      'requested',
      'requested',
      'ringing',
      'answered',
      'ended',
      'ended',
    ]);
    expect(['exploded', '', '  '].map(progressOf)).toEqual([null, null, null]);
    expect(statusWord(' Busy ')).toBe('busy');
  });

  it('tell where a call goes', () => {
    expect(['inbound', 'outbound-api', 'outbound-dial', ''].map(directionOf)).toEqual([
      'inbound',
      'outbound',
      'outbound',
      'inbound',
    ]);
  });

  it('tell who took a call', () => {
    const words = ['human', 'machine_start', 'machine_end_beep', 'fax', 'unknown', '', 'odd'];
    expect(words.map(answererOf)).toEqual([
      'human',
      'machine',
      'machine',
      'fax',
      'unknown',
      null,
      null,
    ]);
  });
});

describe('why a call ended', () => {
  const reason = (call: BookedCall, status: string, wasAnswered: boolean) =>
    endReason(call, status, wasAnswered, NOW);

  it('is told by who did what on a call that came in', () => {
    expect(reason(booked('inbound'), 'completed', true)).toBe('hung-up-there');
    expect(reason(booked('inbound'), 'no-answer', false)).toBe('missed');
    expect(reason(booked('inbound', { decision: 'decline' }), 'busy', false)).toBe('declined');
    expect(reason(booked('inbound', { endedHere: true }), 'completed', true)).toBe('hung-up-here');
  });

  it('is told by who did what on a call that went out', () => {
    for (const status of ['busy', 'no-answer', 'failed']) {
      expect(reason(booked('outbound'), status, false)).toBe(status);
    }
    expect(reason(booked('outbound'), 'canceled', false)).toBe('cancelled');
    expect(reason(booked('outbound', { endedHere: true }), 'completed', false)).toBe('cancelled');
    expect(reason(booked('outbound'), 'completed', true)).toBe('hung-up-there');
  });

  it('is the time limit when Twilio reached it a moment before us', () => {
    const limited = booked('outbound', { endsBy: NOW + 1000 });
    expect(reason(limited, 'completed', true)).toBe('timed-out');
    expect(reason(booked('outbound', { endsBy: NOW + 9000 }), 'completed', true)).toBe(
      'hung-up-there',
    );
  });

  it('is the message’s own end, unless it was too short for that or a machine took it', () => {
    const message = (change: Partial<BookedCall>) => booked('outbound', change, 'notify');
    expect(reason(message({ speaksUntil: NOW - 1 }), 'completed', true)).toBe('hung-up-here');
    expect(reason(message({ speaksUntil: NOW + 1 }), 'completed', true)).toBe('hung-up-there');
    expect(reason(message({ answeredBy: 'machine' }), 'completed', true)).toBe('voicemail');
  });
});

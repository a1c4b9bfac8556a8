import { expect, test } from 'vitest';
import type { Attention } from '../../../electron/core/attention.ts';
import type { ConsoleState } from '../../../electron/core/state.ts';
import {
  badgeWords,
  saidMark,
  spokenWords,
  tileTime,
  tileWords,
} from '../../../renderer/wall/tile-words.ts';
import { wallCalls } from '../../../renderer/wall/wall-call.ts';
import {
  consoleState,
  dialingCall,
  liveCall,
  NOW,
  placedSegment,
  ringingCall,
  waitingCall,
} from '../console-states.ts';
import { accountCall, followedCall } from './calls-of-others.ts';

function first(change: Partial<ConsoleState>) {
  const [call] = wallCalls(consoleState(change));
  if (call === undefined) throw new Error('no call');
  return call;
}

const words = (change: Partial<ConsoleState>) => tileWords(first(change), null, NOW);

test('a tile says what was said last, or why nothing is known', () => {
  expect(words({ accountCalls: [accountCall()] })).toBe('not heard yet');
  expect(words({ calls: [followedCall()] })).toBe('no words yet');
  expect(words({ calls: [ringingCall()] })).toBe('((•)) ringing → +1 415 555 0100');
  expect(words({ accountCalls: [accountCall({ status: 'ringing' })] })).toBe('((•)) ringing');
  expect(words({ calls: [waitingCall()] })).toBe('‖ waits here');
  expect(words({ calls: [dialingCall()] })).toBe('calling');
  expect(words({ calls: [liveCall({ heldAt: NOW - 31_000 })] })).toBe('‖ on hold 0:31');
  const waiting = { queue: 'Support', since: NOW };
  expect(words({ accountCalls: [accountCall({ status: 'waiting', waiting })] })).toBe(
    '‖ waits in Support',
  );
});

test('its clock counts seconds of a ring, and stands still at the end', () => {
  expect(tileTime(first({ calls: [ringingCall()] }), null, NOW)).toBe('8 s');
  const live = first({ calls: [liveCall()] });
  expect(tileTime(live, null, NOW)).toBe('02:00');
  expect(tileTime(live, NOW - 60_000, NOW)).toBe('01:00');
  expect(tileWords(live, NOW, NOW)).toBe('Ended');
});

test('it is told without signs', () => {
  const call = first({ calls: [followedCall({ pan: -1 })] });
  expect(spokenWords(call, null, NOW)).toBe('Dana ↔ Maria, 02:00, no words yet, heard left');
  const held = first({ calls: [liveCall({ heldAt: NOW })] });
  expect(spokenWords(held, null, NOW)).toBe('Dana ↔ you, 02:00, on hold 0:00');
});

test('its badge says what was noticed, and of several how many more', () => {
  const dead = { kind: 'dead-air', since: NOW - 22_000, label: '', toFront: false } as const;
  const said = { kind: 'watch-word', since: NOW - 3000, label: 'refund', toFront: true } as const;
  const hold = { kind: 'long-hold', since: NOW - 192_000, label: '', toFront: false } as const;
  const badge = (change: Parameters<typeof liveCall>[0]) =>
    badgeWords(first({ calls: [liveCall(change)] }), NOW);
  expect(badge({})).toBeNull();
  expect(badge({ attention: [dead] })).toBe('no speech 22 s');
  expect(badge({ attention: [dead, said] })).toBe('said “refund” +1');
  expect(badge({ attention: [hold] })).toBe('on hold 3:12');
  const call = first({ calls: [liveCall({ attention: [said] })] });
  expect(spokenWords(call, null, NOW)).toBe(
    'Dana ↔ you, 02:00, said “refund”, no words yet, heard in the middle',
  );
});

test('how long it is on hold stands once on it: in its badge when that is too long', () => {
  const since = NOW - 192_000;
  const hold = { kind: 'long-hold', since, label: '', toFront: false } as const;
  const said = { kind: 'watch-word', since: NOW, label: 'refund', toFront: true } as const;
  const held = (attention: readonly Attention[], segments: ConsoleState['segments'] = []) =>
    first({ calls: [liveCall({ attention, heldAt: since })], segments });
  const quiet = held([hold]);
  expect([badgeWords(quiet, NOW), tileWords(quiet, null, NOW)]).toEqual(['on hold 3:12', '']);
  expect(spokenWords(quiet, null, NOW)).toBe('Dana ↔ you, 02:00, on hold 3:12');
  const heard = held([hold], [placedSegment('s1', 0, { text: 'I will wait.' })]);
  expect([tileWords(heard, null, NOW), saidMark(heard, null)]).toEqual(['I will wait.', 'final']);
  const both = held([hold, said]);
  expect([badgeWords(both, NOW), tileWords(both, null, NOW)]).toEqual([
    'said “refund” +1',
    '‖ on hold 3:12',
  ]);
});

test('its words are told apart from those that may still change, and from what is no words', () => {
  const mark = (segments: ConsoleState['segments']) =>
    saidMark(first({ calls: [liveCall()], segments }), null);
  expect(mark([placedSegment('s1', 0, { isFinal: false })])).toBe('partial');
  expect(mark([placedSegment('s1', 0)])).toBe('final');
  expect(mark([])).toBeUndefined();
});

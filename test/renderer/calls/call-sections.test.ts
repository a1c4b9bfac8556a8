import { expect, test } from 'vitest';
import type { AccountCall } from '../../../electron/core/room.ts';
import { groupCalls } from '../../../renderer/calls/call-sections.ts';
import {
  dialingCall,
  endedCall,
  liveCall,
  NOW,
  ringingCall,
  SAM,
  waitingCall,
} from '../console-states.ts';
import { accountCall, followedCall } from '../wall/calls-of-others.ts';

const ids = (calls: readonly ({ readonly id: string } | AccountCall)[]) =>
  calls.map(call => ('legs' in call ? call.sid : call.id));
const missed = (id: string, agoMs: number) =>
  endedCall({
    id,
    answeredAt: null,
    reason: 'missed',
    startedAt: NOW - agoMs,
    endedAt: NOW - agoMs + 9000,
  });

test('calls of now are sorted by what they are, in the order they began', () => {
  const calls = [
    liveCall({ id: 'second', startedAt: 2 }),
    liveCall({ id: 'first', startedAt: 1 }),
    liveCall({ id: 'held', heldAt: NOW }),
    ringingCall({ id: 'in' }),
    ringingCall({ id: 'out', direction: 'outbound', startedAt: 3 }),
    dialingCall({ id: 'dialled', startedAt: 4 }),
  ];
  const sections = groupCalls(calls, [], NOW);
  expect(ids(sections.ringing)).toEqual(['in']);
  expect(ids(sections.live)).toEqual(['first', 'second', 'out', 'dialled']);
  expect(ids(sections.held)).toEqual(['held']);
});

test('calls in the queue have a section of their own, the longest wait first', () => {
  const calls = [
    waitingCall({ id: 'new', startedAt: 1, waitingAt: 9 }),
    waitingCall({ id: 'old', startedAt: 2, waitingAt: 8 }),
  ];
  const sections = groupCalls(calls, [], NOW);
  expect([ids(sections.waiting), ids(sections.live)]).toEqual([['old', 'new'], []]);
});

test('calls of the account stand among the live ones by when they began, those followed only once', () => {
  const calls = [followedCall({ startedAt: 2 }), liveCall({ id: 'own', startedAt: 4 })];
  const accountCalls = [
    accountCall({ callId: 'one' }),
    accountCall({ sid: 'CA-new', startedAt: 3 }),
    accountCall({ sid: 'CA-ring', status: 'ringing', startedAt: 5 }),
  ];
  expect(ids(groupCalls(calls, [], NOW, accountCalls).live)).toEqual([
    'one',
    'CA-new',
    'own',
    'CA-ring',
  ]);
});

test('who waits in a queue of the account waits with those of this desk', () => {
  const queued = (sid: string, since: number) =>
    accountCall({ sid, status: 'waiting', waiting: { queue: 'Support', since } });
  const calls = [waitingCall({ id: 'here', waitingAt: 5 })];
  const accountCalls = [queued('CA-late', 9), queued('CA-early', 1)];
  const sections = groupCalls(calls, [], NOW, accountCalls);
  expect(ids(sections.waiting)).toEqual(['CA-early', 'here', 'CA-late']);
  expect(sections.live).toEqual([]);
});

test('an ended call stays for 10 s, then is an earlier one', () => {
  const call = endedCall({ endedAt: NOW - 9_999 });
  expect(ids(groupCalls([call], [], NOW).ended)).toEqual(['dana']);
  const later = groupCalls([call], [], NOW + 1);
  expect([later.ended, ids(later.earlier)]).toEqual([[], ['dana']]);
});

test('a call of this run and of the history is listed once', () => {
  const call = endedCall();
  const { ended, missed: misses, earlier } = groupCalls([call], [call], NOW);
  expect(ids([...ended, ...misses, ...earlier])).toEqual(['dana']);
});

test('a missed call goes to Missed at once', () => {
  const sections = groupCalls([missed('miss', 9000)], [], NOW);
  expect([ids(sections.missed), sections.ended]).toEqual([['miss'], []]);
});

test('a missed call is settled by speaking with that number, or by a newer miss', () => {
  const spoken = endedCall({ id: 'spoken', startedAt: NOW - 50_000 });
  expect(groupCalls([], [missed('old', 90_000), spoken], NOW).missed).toEqual([]);
  const twice = groupCalls([], [missed('old', 90_000), missed('new', 60_000)], NOW);
  expect([ids(twice.missed), ids(twice.earlier)]).toEqual([['new'], ['old']]);
  const other = endedCall({ id: 'other', them: SAM, startedAt: NOW - 50_000 });
  expect(ids(groupCalls([], [missed('old', 90_000), other], NOW).missed)).toEqual(['old']);
});

test('earlier calls are newest first', () => {
  const past = [1, 3, 2].map(day =>
    endedCall({ id: `d${day}`, startedAt: NOW - day * 86_400_000 }),
  );
  expect(ids(groupCalls([], past, NOW).earlier)).toEqual(['d1', 'd2', 'd3']);
});

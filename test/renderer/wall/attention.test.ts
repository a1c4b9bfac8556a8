import { expect, test } from 'vitest';
import type { Attention } from '../../../electron/core/attention.ts';
import { attentionShelf } from '../../../renderer/wall/attention.ts';
import { wallCalls } from '../../../renderer/wall/wall-call.ts';
import { consoleState, liveCall, NOW, ringingCall, waitingCall } from '../console-states.ts';
import { accountCall, followedCall } from './calls-of-others.ts';

const problem = { kind: 'stream-refused', message: 'No sound.', remedy: '' } as const;

test('who rings, waits or has a problem is on the shelf, the oldest first', () => {
  const state = consoleState({
    calls: [
      ringingCall({ id: 'ring', ringingAt: NOW - 8000 }),
      followedCall(),
      liveCall({ id: 'quiet' }),
    ],
    accountCalls: [
      accountCall({
        sid: 'CA-q',
        status: 'waiting',
        waiting: { queue: 'Support', since: NOW - 60_000 },
      }),
    ],
    problems: [{ id: 'listen-one', at: NOW - 1000, problem }],
  });
  const { shown, more } = attentionShelf(wallCalls(state));
  expect(shown.map(({ kind }) => kind)).toEqual(['waiting', 'ringing', 'problem']);
  expect(more).toBe(0);
});

test('three are shown and the others counted', () => {
  const calls = [5, 1, 4, 2, 3].map(ago =>
    waitingCall({ id: `w${ago}`, sid: null, waitingAt: NOW - ago * 1000 }),
  );
  const { shown, more } = attentionShelf(wallCalls(consoleState({ calls })));
  expect(shown.map(({ call }) => call.callId)).toEqual(['w5', 'w4', 'w3']);
  expect(more).toBe(2);
});

const noticed = (kind: Attention['kind'], ago: number, toFront = false): Attention => ({
  kind,
  since: NOW - ago,
  label: 'refund',
  toFront,
});

test('everything that was noticed on a call is there, and what is to come to the front is first', () => {
  const state = consoleState({
    calls: [
      waitingCall({ id: 'wait', waitingAt: NOW - 60_000 }),
      liveCall({ id: 'quiet', attention: [noticed('dead-air', 30_000)] }),
      liveCall({ id: 'angry', attention: [noticed('watch-word', 1000, true)] }),
    ],
  });
  const { shown } = attentionShelf(wallCalls(state));
  expect(shown.map(({ call, kind }) => [call.callId, kind])).toEqual([
    ['angry', 'watch-word'],
    ['wait', 'waiting'],
    ['quiet', 'dead-air'],
  ]);
});

test('a call of others that rings somewhere else wants nobody here', () => {
  const state = consoleState({ accountCalls: [accountCall({ status: 'ringing' })] });
  expect(attentionShelf(wallCalls(state)).shown).toEqual([]);
});

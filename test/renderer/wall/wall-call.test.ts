import { describe, expect, test } from 'vitest';
import {
  isFound,
  isSameCall,
  problemOf,
  unfollowed,
  wallCalls,
} from '../../../renderer/wall/wall-call.ts';
import {
  consoleState,
  DANA,
  endedCall,
  liveCall,
  NOW,
  placedSegment,
  ringingCall,
  SAM,
  UNKNOWN,
  waitingCall,
} from '../console-states.ts';
import { accountCall, followedCall, leg, MARIA } from './calls-of-others.ts';

const titles = (state: Parameters<typeof wallCalls>[0]) => wallCalls(state).map(call => call.title);

describe('the calls of the wall', () => {
  test('are those of this desk and of the account, the oldest first', () => {
    const state = consoleState({
      calls: [ringingCall({ id: 'ring', them: UNKNOWN, startedAt: 3 })],
      accountCalls: [accountCall({ startedAt: 2 }), accountCall({ sid: 'CA-0', startedAt: 1 })],
    });
    expect(wallCalls(state).map(call => call.callSid)).toEqual(['CA-0', 'CA-one', 'CA-dana']);
  });

  test('are there once when this desk follows a call of the account', () => {
    const calls = [followedCall()];
    const followed = consoleState({ calls, accountCalls: [accountCall({ callId: 'one' })] });
    expect(wallCalls(followed).map(call => call.callId)).toEqual(['one']);
    const bySid = consoleState({ calls, accountCalls: [accountCall()] });
    expect(unfollowed(bySid)).toEqual([]);
  });

  test('are still there when this desk left one that goes on', () => {
    const state = consoleState({
      calls: [endedCall({ id: 'one', sid: 'CA-one' })],
      accountCalls: [accountCall({ callId: 'one' })],
    });
    expect(wallCalls(state)).toMatchObject([{ callId: null, callSid: 'CA-one' }]);
  });

  test('name who talks with whom', () => {
    const booker = leg(
      { number: 'client:booker', name: 'Booker' },
      { role: 'agent', isProgram: true },
    );
    const state = consoleState({
      calls: [followedCall({ startedAt: 1 }), liveCall({ id: 'own', them: SAM, startedAt: 2 })],
      accountCalls: [
        accountCall({ sid: 'CA-ai', legs: [leg(DANA), booker], startedAt: 3 }),
        accountCall({ sid: 'CA-alone', legs: [leg(UNKNOWN)], startedAt: 4 }),
      ],
    });
    expect(titles(state)).toEqual([
      'Dana ↔ Maria',
      'Sam ↔ you',
      'Dana ↔ Booker AI',
      '+1 415 555 0190',
    ]);
    expect(wallCalls(state).map(call => call.shortTitle)).toEqual([
      'Dana ↔ Maria',
      'Sam',
      'Dana ↔ Booker AI',
      '+1 415 555 0190',
    ]);
  });

  test('tell how they are taken', () => {
    const state = consoleState({
      calls: [ringingCall({ id: 'ring' }), waitingCall({ id: 'wait' }), liveCall({ id: 'live' })],
      accountCalls: [
        accountCall({
          sid: 'CA-q',
          status: 'waiting',
          waiting: { queue: 'Support', since: NOW - 9000 },
          startedAt: NOW,
        }),
      ],
    });
    expect(wallCalls(state).map(call => [call.take, call.where])).toEqual([
      ['answer', '+1 415 555 0100'],
      ['answer', '+1 415 555 0100'],
      [null, null],
      ['pick-up', 'Support'],
    ]);
  });

  test('say what was said last on them', () => {
    const said = (text: string, isFinal = true) =>
      placedSegment(text, 0, { callId: 'one', text, isFinal });
    const state = consoleState({
      calls: [followedCall()],
      segments: [said('Hello.'), said('So do I pay tw', false), said('')],
    });
    expect(wallCalls(state)).toMatchObject([
      { words: 'So do I pay tw', wordsFinal: false, followed: true },
    ]);
  });
});

test('a call is the same before and after it is followed, and after Twilio named it', () => {
  const [before] = wallCalls(consoleState({ accountCalls: [accountCall()] }));
  const [after] = wallCalls(consoleState({ calls: [followedCall()] }));
  const [unnamed] = wallCalls(consoleState({ calls: [followedCall({ sid: null })] }));
  const [other] = wallCalls(consoleState({ calls: [liveCall({ sid: null })] }));
  if (!before || !after || !unnamed || !other) throw new Error('no calls');
  expect(isSameCall(before, after)).toBe(true);
  expect(isSameCall(after, unnamed)).toBe(true);
  expect(isSameCall(before, other)).toBe(false);
  expect(isSameCall(unnamed, other)).toBe(false);
});

test('a call is found by any name or number on it, however that is written', () => {
  const [call] = wallCalls(
    consoleState({
      accountCalls: [accountCall({ legs: [leg(DANA), leg(MARIA, { role: 'agent' })] })],
    }),
  );
  const found = (filter: string) => call !== undefined && isFound(call, filter);
  expect(['', 'dana', ' MARIA', '0177', '(415) 555', '+1 415 555 0177'].map(found)).toEqual(
    Array(6).fill(true),
  );
  expect(['sam', '0142', '-'].map(found)).toEqual([false, false, false]);
});

test('what is wrong with a call is what is named after it, or that its agent is gone', () => {
  const problem = { kind: 'stream-refused', message: 'No sound.', remedy: '' } as const;
  const problems = [{ id: 'listen-one', at: 7, problem }];
  expect(problemOf(followedCall(), { problems })).toEqual({ words: 'No sound.', since: 7 });
  expect(problemOf(followedCall({ id: 'other' }), { problems })).toBeNull();
  const agent = { name: 'Booker', status: 'lost', whispered: false } as const;
  expect(problemOf(liveCall({ agent }), { problems: [] })?.words).toBe('Booker is gone');
});

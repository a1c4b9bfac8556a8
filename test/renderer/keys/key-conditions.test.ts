import { expect, test } from 'vitest';
import type { ConsoleState } from '../../../electron/core/state.ts';
import { keyConditions } from '../../../renderer/keys/key-conditions.ts';
import { INITIAL_PLACE } from '../../../renderer/state/place.ts';
import { consoleState, liveCall, messageCall, ringingCall } from '../console-states.ts';
import { desk, servedCall, supervisedCall } from '../supervision/room-calls.ts';

function holds(state: ConsoleState, callId: string | null = 'dana', isPlayed = false) {
  return [...keyConditions(state, { ...INITIAL_PLACE, callId }, isPlayed)].sort();
}

test('a call of this desk is held, recorded, given away and hung up', () => {
  expect(holds(desk(liveCall()))).toEqual(['hang-up', 'own-call', 'people', 'record']);
  expect(holds(desk(messageCall()))).toEqual(['hang-up']);
});

test('a call of others has modes and is left', () => {
  expect(holds(desk(supervisedCall()))).toEqual(['leave', 'modes', 'people', 'record']);
  expect(holds(desk(servedCall()))).toEqual(['hang-up', 'modes', 'own-call', 'record']);
});

test('a call of this desk that others joined is left and not hung up', () => {
  const shared = supervisedCall({}, { kind: 'direct' });
  expect(holds(desk(shared))).toEqual(['leave', 'own-call', 'people', 'record']);
});

test('a ring is answered or declined, whatever is on screen', () => {
  const state = consoleState({ calls: [ringingCall()] });
  expect(holds(state, null)).toEqual(['answer', 'decline']);
});

test('what is played again comes before adding a person', () => {
  const replay = {
    callId: 'dana',
    source: 'live',
    playing: true,
    speed: 1,
    skipSilence: false,
  } as const;
  expect(holds(desk(liveCall(), { replay }), 'dana', true)).toEqual([
    'hang-up',
    'own-call',
    'played',
    'record',
  ]);
});

test('nothing holds without a call', () => {
  expect(holds(consoleState(), null)).toEqual([]);
});

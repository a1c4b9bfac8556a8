import { expect, test } from 'vitest';
import {
  answerTarget,
  callToHangUp,
  callWithMicrophone,
  HANG_UP_GUARD_MS,
  isToHangUp,
  noSoundWhy,
  ringOnTop,
  shownLive,
} from '../../../renderer/keys/key-targets.ts';
import {
  consoleState,
  dialingCall,
  endedCall,
  liveCall,
  messageCall,
  NOW,
  ringingCall,
  waitingCall,
  wordsCall,
} from '../console-states.ts';
import { DANA_LEG, desk, seat, supervisedCall } from '../supervision/room-calls.ts';

test('Answer means the ring that began first, and never a call from here', () => {
  const calls = [
    ringingCall({ id: 'out', direction: 'outbound', startedAt: 1 }),
    ringingCall({ id: 'second', startedAt: 3 }),
    ringingCall({ id: 'first', startedAt: 2 }),
  ];
  expect(ringOnTop(consoleState({ calls }))?.id).toBe('first');
  expect(ringOnTop(consoleState({ calls: [liveCall()] }))).toBeNull();
});

test('Answer means the ring on top, else who waits longest; Decline never a waiting call', () => {
  const waits = [waitingCall({ id: 'new', waitingAt: NOW }), waitingCall({ id: 'old' })];
  const queue = consoleState({ calls: waits });
  expect(answerTarget(queue)?.id).toBe('old');
  expect(ringOnTop(queue)).toBeNull();
  const state = consoleState({ calls: [...waits, ringingCall({ id: 'ring' })] });
  expect(answerTarget(state)?.id).toBe('ring');
  expect(callToHangUp(queue, 'old', NOW)).toBeNull();
});

test('M means no call that carries no sound from here', () => {
  for (const call of [wordsCall(), messageCall()]) {
    expect(callWithMicrophone(consoleState({ calls: [call], microphone: 'dana' }))).toBeNull();
    expect(noSoundWhy(call)).toBeDefined();
  }
  expect(noSoundWhy(liveCall())).toBeUndefined();
});

test('M means no call in which the supervisor’s telephone speaks', () => {
  const call = supervisedCall({ seat: seat({ way: 'phone' }) });
  expect(callWithMicrophone(desk(call))).toBeNull();
  expect(callWithMicrophone(desk(supervisedCall({ seat: seat() })))?.id).toBe('dana');
});

test('Hang up never means a call that goes on without this desk', () => {
  const shared = supervisedCall({ seat: seat() }, { kind: 'direct' });
  expect(isToHangUp(shared)).toBe(false);
  const alone = supervisedCall({ seat: seat(), legs: [DANA_LEG] }, { kind: 'direct' });
  expect(isToHangUp(alone)).toBe(true);
});

test('M means the call with the microphone, H the one on screen', () => {
  const state = consoleState({
    calls: [liveCall(), liveCall({ id: 'sam' })],
    microphone: 'dana',
  });
  expect(callWithMicrophone(state)?.id).toBe('dana');
  expect(shownLive(state, 'sam')?.id).toBe('sam');
});

test('Hang up means the call with the microphone, else the one on screen', () => {
  const calls = [liveCall(), liveCall({ id: 'sam' })];
  expect(callToHangUp(consoleState({ calls, microphone: 'dana' }), 'sam', NOW)?.id).toBe('dana');
  expect(callToHangUp(consoleState({ calls }), 'sam', NOW)?.id).toBe('sam');
  expect(callToHangUp(consoleState({ calls: [dialingCall()] }), 'dana', NOW)?.id).toBe('dana');
});

test('Hang up neither declines nor ends what is over', () => {
  expect(callToHangUp(consoleState({ calls: [ringingCall()] }), 'dana', NOW)).toBeNull();
  expect(callToHangUp(consoleState({ calls: [endedCall()] }), 'dana', NOW)).toBeNull();
});

test('Hang up never ends a call of others', () => {
  const call = liveCall({ kind: 'supervised' });
  expect(callToHangUp(consoleState({ calls: [call], microphone: 'dana' }), 'dana', NOW)).toBeNull();
  expect(isToHangUp(call)).toBe(false);
});

test('nothing hangs up in the moment after the answer', () => {
  const state = consoleState({ calls: [liveCall({ answeredAt: NOW })], microphone: 'dana' });
  expect(callToHangUp(state, 'dana', NOW + HANG_UP_GUARD_MS - 1)).toBeNull();
  expect(callToHangUp(state, 'dana', NOW + HANG_UP_GUARD_MS)?.id).toBe('dana');
});

import { describe, expect, test } from 'vitest';
import type { LiveCall } from '../../../electron/core/call.ts';
import type { Mode } from '../../../electron/core/room.ts';
import { INITIAL_PLACE } from '../../../renderer/state/place.ts';
import {
  hasModes,
  leaveQuestion,
  modeChoices,
  modeTarget,
  presentMode,
  questionFor,
} from '../../../renderer/supervision/mode-view.ts';
import { legNamesIn } from '../../../renderer/words/room-words.ts';
import { consoleState, liveCall, NOW } from '../console-states.ts';
import {
  coachingSeat,
  DANA_LEG,
  desk,
  MARIA_LEG,
  requested,
  seat,
  servedCall,
  supervisedCall,
} from './room-calls.ts';

const PROGRAM = { ...MARIA_LEG, isProgram: true };

/** A call that TwiML of another application serves: no leg does. */
const PROGRAM_CALL = supervisedCall({ shape: 'alone', legs: [DANA_LEG] });

function choices(call: LiveCall) {
  return modeChoices(call, legNamesIn(call, desk(call)), 'Dana');
}

function asks(call: LiveCall, mode: Mode) {
  return questionFor(call, mode, legNamesIn(call, desk(call)), 'Dana');
}

describe('the modes of a call', () => {
  test('are there for calls of others and for those an agent of ours serves', () => {
    expect(hasModes(supervisedCall())).toBe(true);
    expect(hasModes(servedCall())).toBe(true);
    expect(hasModes(servedCall({ status: 'lost' }))).toBe(false);
    expect(hasModes(liveCall())).toBe(false);
    expect(hasModes(supervisedCall({}, { kind: 'direct' }))).toBe(false);
  });

  test('name who hears in each', () => {
    expect(choices(supervisedCall()).map(({ hearers }) => hearers)).toEqual([
      'nobody',
      'Maria only',
      'Dana + Maria',
      'Dana; Maria held',
    ]);
    expect(choices(servedCall()).map(({ hearers }) => hearers)).toEqual([
      'nobody',
      'Booker only',
      'Dana; Booker silent',
      'Dana; Booker leaves',
    ]);
  });

  test('of a call that another application’s program serves say that it ends', () => {
    expect(choices(PROGRAM_CALL).map(({ hearers }) => hearers)).toEqual([
      'nobody',
      'nobody',
      'Dana',
      'Dana; program ended',
    ]);
  });

  test('hold what Twilio confirmed, never what was asked', () => {
    const asked = supervisedCall({ seat: coachingSeat(), requested: requested('barge') });
    expect(
      choices(asked)
        .filter(({ now }) => now)
        .map(({ mode }) => mode),
    ).toEqual(['whisper']);
    expect(
      choices(asked)
        .filter(({ askedAt }) => askedAt === NOW - 800)
        .map(({ mode }) => mode),
    ).toEqual(['barge']);
    expect(
      presentMode(supervisedCall({ seat: seat({ confirmed: null }), listening: false })),
    ).toBeNull();
  });

  test('of an agent of ours follow its status', () => {
    expect(presentMode(servedCall())).toBe('listen');
    expect(presentMode(servedCall({ whispered: true }))).toBe('whisper');
    expect(presentMode(servedCall({ status: 'silent' }))).toBe('barge');
  });

  test('that cannot be say why', () => {
    const inRoom = supervisedCall({ legs: [DANA_LEG, PROGRAM] });
    expect(choices(inRoom).map(({ why }) => why)).toEqual([
      null,
      'It would answer your voice aloud',
      null,
      null,
    ]);
    expect(choices(PROGRAM_CALL).map(({ why }) => why)).toEqual([
      null,
      'Only in a conference',
      'Only in a conference',
      null,
    ]);
  });
});

describe('a question comes first', () => {
  test('when somebody is put on hold', () => {
    expect(asks(supervisedCall(), 'takeover')).toEqual({
      words: 'Dana will hear only you. Maria is put on hold and can be brought back.',
      act: 'Take over',
      move: false,
    });
  });

  test('when legs are moved', () => {
    expect(asks(supervisedCall({ shape: 'dialled' }), 'barge')).toEqual({
      words: 'Brings Dana and Maria into a conference; both stay on the line.',
      act: 'Make it a conference',
      move: true,
    });
    expect(asks(supervisedCall({ shape: 'dialled' }), 'takeover')?.words).toBe(
      'Brings Dana and Maria into a conference; both stay on the line. Dana will hear only you. Maria is put on hold and can be brought back.',
    );
  });

  test('when an agent leaves or is ended', () => {
    expect(asks(servedCall(), 'takeover')?.words).toBe(
      'Dana will hear only you. Booker leaves the call.',
    );
    expect(asks(PROGRAM_CALL, 'takeover')).toEqual({
      words: 'Ends the program that serves Dana. Dana comes into a conference with you.',
      act: 'Take over',
      move: true,
    });
  });

  test('when this desk would leave a customer alone', () => {
    expect(leaveQuestion('Dana')).toEqual({
      words: 'Nobody else is on the call: Dana would be alone.',
      act: 'Leave',
      move: false,
      instead: 'End for everyone',
    });
  });

  test('and otherwise never', () => {
    for (const mode of ['listen', 'whisper', 'barge'] as const) {
      expect(asks(supervisedCall(), mode)).toBeNull();
      expect(asks(servedCall(), mode)).toBeNull();
    }
    expect(asks(supervisedCall({ shape: 'dialled' }), 'listen')).toBeNull();
  });
});

test('keys of modes mean the call on screen, else the one with the microphone', () => {
  const calls = [supervisedCall(), supervisedCall({}, { id: 'kim' }), liveCall({ id: 'own' })];
  const state = consoleState({ calls, microphone: 'kim' });
  const at = (callId: string, view: 'calls' | 'history' = 'calls') =>
    modeTarget(state, { ...INITIAL_PLACE, view, callId })?.id;
  expect(at('dana')).toBe('dana');
  expect(at('own')).toBe('kim');
  expect(at('dana', 'history')).toBe('kim');
  expect(modeTarget({ ...state, microphone: null }, INITIAL_PLACE)).toBeNull();
});

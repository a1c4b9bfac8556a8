import { describe, expect, test } from 'vitest';
import { SOUND_OFF } from '../../../electron/core/sound.ts';
import {
  aloneNames,
  hasCompany,
  hearingOf,
  isRewound,
  isSoundHere,
  soundMark,
} from '../../../renderer/calls/hearing.ts';
import { hearingSentence } from '../../../renderer/words/hearing-words.ts';
import { consoleState, DANA, liveCall, messageCall, SAM, wordsCall } from '../console-states.ts';
import { seat, supervisedCall } from '../supervision/room-calls.ts';

const sam = (change = {}) => liveCall({ id: 'sam', them: SAM, ...change });
const replay = {
  callId: 'dana',
  source: 'live',
  playing: true,
  speed: 1,
  skipSilence: false,
} as const;

describe('whether a call is heard here', () => {
  const hears = (call = liveCall(), state = {}) =>
    hearingOf(call, consoleState({ calls: [call, sam()], ...state }));

  test('a call of others is, by the stream beside it or by a seat', () => {
    expect(hears(supervisedCall())).toBe('heard');
    expect(hears(supervisedCall({ listening: false, seat: seat() }))).toBe('heard');
    expect(hears(supervisedCall({ listening: false }))).toBe('no-sound');
    expect(isSoundHere(supervisedCall({ listening: false }))).toBe(false);
  });

  test('it is, unless something is in the way', () => {
    expect(hears()).toBe('heard');
    expect(hears(liveCall({ heldAt: 1 }))).toBe('held');
    expect(hears(liveCall({ stream: false }))).toBe('no-sound');
    expect(hears(liveCall({ silenced: true }))).toBe('silenced');
    expect(hears(liveCall(), { replay })).toBe('rewound');
    expect(hears(liveCall(), { sound: SOUND_OFF })).toBe('no-speaker');
    expect(hears(wordsCall())).toBe('words');
    expect(hears(messageCall())).toBe('words');
  });

  test('another call heard alone takes its place, and one heard alone itself stays', () => {
    const call = liveCall();
    expect(hears(call, { calls: [call, sam({ solo: true })] })).toBe('not-alone');
    const alone = liveCall({ solo: true });
    expect(hears(alone, { calls: [alone, sam({ solo: true })] })).toBe('heard');
  });

  test('a call alone that is itself held or silenced leaves the others heard', () => {
    const call = liveCall();
    for (const shut of [{ heldAt: 1 }, { silenced: true }]) {
      expect(hears(call, { calls: [call, sam({ solo: true, ...shut })] })).toBe('heard');
    }
  });

  test('is said in a sentence', () => {
    expect(hearingSentence('heard', 'Dana', '')).toBe('You hear Dana now.');
    expect(hearingSentence('not-alone', 'Dana', 'Sam')).toBe('You do not hear Dana: only Sam.');
  });
});

test('those heard alone are named', () => {
  const lee = liveCall({ id: 'lee', them: { ...DANA, name: 'Lee Wong' }, solo: true });
  expect(aloneNames(consoleState({ calls: [liveCall(), sam()] }))).toBe('');
  expect(aloneNames(consoleState({ calls: [liveCall(), sam({ solo: true })] }))).toBe('Sam');
  expect(aloneNames(consoleState({ calls: [sam({ solo: true }), lee] }))).toBe('Sam and Lee');
});

test('places matter only beside other calls with sound', () => {
  expect(hasCompany(consoleState({ calls: [liveCall(), wordsCall({ id: 'w' })] }))).toBe(false);
  expect(hasCompany(consoleState({ calls: [liveCall(), sam()] }))).toBe(true);
});

test('a row tells what sets the sound of its call apart', () => {
  const call = liveCall();
  const state = consoleState({ calls: [call, sam({ solo: true })] });
  expect(soundMark(call, state)).toBe('not-alone');
  expect(soundMark(sam({ solo: true }), state)).toBe('alone');
  expect(soundMark(call, consoleState({ calls: [call] }))).toBeNull();
  expect(soundMark(liveCall({ heldAt: 1 }), consoleState({ calls: [call] }))).toBeNull();
});

test('only a live call that is replayed is rewound', () => {
  expect(isRewound(liveCall(), consoleState({ replay }))).toBe(true);
  expect(isRewound(sam(), consoleState({ replay }))).toBe(false);
  const kept = { ...replay, source: 'kept' } as const;
  expect(isRewound(liveCall(), consoleState({ replay: kept }))).toBe(false);
});

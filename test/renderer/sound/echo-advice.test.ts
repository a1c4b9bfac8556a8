import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/core/settings.ts';
import type { SoundSide } from '../../../electron/core/sound.ts';
import { type ConsoleState, INITIAL_STATE } from '../../../electron/core/state.ts';
import { echoAdvice, echoWords, nextRun } from '../../../renderer/sound/echo-advice.ts';
import { liveCall } from '../console-states.ts';

const open = (name: string, isBuiltIn: boolean): SoundSide => ({
  status: 'open',
  device: { id: name, name, isDefault: true, isBuiltIn },
});

/** A call with Dana on the computer's own speaker and microphone. */
function state(change: Partial<ConsoleState> = {}): ConsoleState {
  return {
    ...INITIAL_STATE,
    calls: [liveCall()],
    microphone: 'dana',
    sound: {
      ...INITIAL_STATE.sound,
      input: open('MacBook Pro Microphone', true),
      output: open('MacBook Pro Speakers', true),
    },
    ...change,
  };
}

test('somebody on a call is named who may hear an echo', () => {
  const advice = echoAdvice(state(), false);
  expect(advice).toEqual({ callId: 'dana', name: 'Dana' });
  expect(advice && echoWords(advice)).toBe(
    'Dana may hear an echo of their own voice: you listen on the computer’s own speaker.',
  );
});

test('without a call only those are told who look at the sound settings', () => {
  expect(echoAdvice(state({ calls: [], microphone: null }), false)).toBeNull();
  const advice = echoAdvice(state({ calls: [], microphone: null }), true);
  expect(advice && echoWords(advice)).toMatch(/^Those you call may hear an echo/);
});

test.each<[string, Partial<ConsoleState>]>([
  ['a headset is used', { sound: { ...state().sound, output: open('Headset', false) } }],
  ['another microphone is used', { sound: { ...state().sound, input: open('USB', false) } }],
  ['the echo is cancelled', { sound: { ...state().sound, path: 'window' } }],
  ['the echo will be cancelled', { settings: { ...DEFAULT_SETTINGS, soundPath: 'window' } }],
  ['a key is held to talk', { settings: { ...DEFAULT_SETTINGS, talk: 'hold' } }],
  ['the call has no sound', { calls: [liveCall({ stream: false })] }],
  ['no speaker works', { sound: { ...state().sound, output: { status: 'opening' } } }],
])('nobody is warned when %s', (_, change) => {
  expect(echoAdvice(state(change), false)).toBeNull();
});

test('it is shown on one call of a run, and not again', () => {
  expect(nextRun('new', false)).toBe('new');
  expect(nextRun('new', true)).toBe('shown');
  expect(nextRun('shown', true)).toBe('shown');
  expect(nextRun('shown', false)).toBe('over');
  expect(nextRun('over', true)).toBe('over');
});

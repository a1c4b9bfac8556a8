import { describe, expect, test } from 'vitest';
import {
  FIRST_STEP,
  firstCall,
  firstCallWords,
  goOn,
  goToStep,
  stepMark,
} from '../../../renderer/first-run/steps.ts';
import { endedCall, liveCall } from '../console-states.ts';

const missed = endedCall({ id: 'missed', answeredAt: null, reason: 'missed' });

describe('the first steps', () => {
  test('go from line to sound to call, and stay there', () => {
    const sound = goOn(FIRST_STEP);
    expect(sound.step).toBe('sound');
    expect(goOn(sound).step).toBe('call');
    expect(goOn(goOn(sound)).step).toBe('call');
  });

  test('are marked as done once gone through', () => {
    const sound = goOn(FIRST_STEP);
    const marks = (['line', 'sound', 'call'] as const).map(step => stepMark(sound, step, []));
    expect(marks).toEqual(['done', 'now', 'next']);
    expect(stepMark(goToStep(sound, 'line'), 'line', [])).toBe('now');
  });

  test('are over once a call was answered and ended', () => {
    const run = goOn(goOn(FIRST_STEP));
    expect(stepMark(run, 'call', [missed, liveCall()])).toBe('now');
    expect(stepMark(run, 'call', [missed, endedCall()])).toBe('done');
  });
});

test('the first call is named', () => {
  const call = endedCall();
  expect(firstCall([missed, call])).toBe(call);
  expect(firstCallWords(call)).toContain('You answered Dana');
  expect(firstCallWords(endedCall({ direction: 'outbound' }))).toContain('Dana answered you');
});

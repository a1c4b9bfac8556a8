import { expect, test } from 'vitest';
import type { CallQuality } from '../../../electron/core/quality.ts';
import {
  qualityBars,
  qualityRows,
  qualitySentence,
  soundLength,
} from '../../../renderer/quality/quality-words.ts';

function measured(change: Partial<CallQuality> = {}): CallQuality {
  return {
    receivedFrames: 10_000,
    lateFrames: 0,
    missingFrames: 0,
    droppedMs: 0,
    insertedMs: 0,
    depthMs: 58.4,
    targetMs: 60,
    jitterMs: 11.6,
    addedMs: 45.2,
    unsentFrames: 0,
    ...change,
  };
}

test('the bars fall with the grade, and the fourth stands only for sound that is whole and near', () => {
  expect(qualityBars(measured())).toBe(4);
  expect(qualityBars(measured({ addedMs: 90 }))).toBe(3);
  expect(qualityBars(measured({ lateFrames: 50 }))).toBe(3);
  expect(qualityBars(measured({ lateFrames: 200 }))).toBe(2);
  expect(qualityBars(measured({ missingFrames: 900 }))).toBe(1);
});

test('a bad grade names its cause, in the tense of the call', () => {
  expect(qualitySentence(measured(), true)).toBe('Good: words come whole and in time.');
  expect(qualitySentence(measured(), false)).toBe('Good: words came whole and in time.');
  expect(qualitySentence(measured({ lateFrames: 170 }), true)).toBe(
    'Fair: 1.7 % of the sound is missing or made up.',
  );
  expect(qualitySentence(measured({ addedMs: 320.4 }), false)).toBe(
    'Poor: the sound was 320 ms late.',
  );
});

test('everything measured is told with its unit', () => {
  const told = qualityRows(
    measured({ lateFrames: 12, missingFrames: 2000, droppedMs: 120, unsentFrames: 60 }),
    true,
  );
  expect(Object.fromEntries(told.map(({ name, value }) => [name, value]))).toEqual({
    'Delay added': '45 ms',
    'Uneven arrival': '12 ms',
    'Kept back': '58 of 60 ms',
    Late: '240 ms, 0.1 %',
    Missing: '40.0 s, 17 %',
    'Left out': '120 ms',
    Stretched: 'none',
    'Not sent': '1.2 s',
  });
});

test('a share too small to round is not called nothing', () => {
  const [, , , late] = qualityRows(measured({ lateFrames: 1 }), true);
  expect(late?.value).toBe('20 ms, under 0.1 %');
});

test('lengths of sound are written from none to minutes', () => {
  expect([0, 240, 1200, 59_000, 120_000, 125_400].map(soundLength)).toEqual([
    'none',
    '240 ms',
    '1.2 s',
    '59.0 s',
    '2 min',
    '2 min 5 s',
  ]);
});

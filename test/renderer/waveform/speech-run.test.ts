import { expect, test } from 'vitest';
import { speechRun } from '../../../renderer/waveform/speech-run.ts';

const spokenUntil = (last: number) => (frame: number) => (frame <= last ? 200 : 0);

test('says who speaks, who is silent and for how long', () => {
  expect(speechRun(() => 200, 0, 1000)).toBe('');
  expect(speechRun(spokenUntil(500), 501, 1000)).toBe('speaking');
  expect(speechRun(spokenUntil(500), 520, 1000)).toBe('speaking');
  expect(speechRun(spokenUntil(500), 701, 1000)).toBe('silent 4 s');
});

test('does not claim more than it has kept', () => {
  expect(speechRun(() => 0, 200, 1000)).toBe('silent 4 s');
  expect(speechRun(() => 0, 5000, 1000)).toBe('silent over 20 s');
});

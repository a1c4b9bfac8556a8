import { expect, test } from 'vitest';
import { createSpeakerVoice } from '../../../renderer/sound/speaker-voice.ts';
import { amplitudeAt, rms, sine } from '../../support/tones.ts';

const BLOCK = 128;

/** Frames of two tones, one for each ear. */
function frames(count: number): Int16Array[] {
  const left = sine(500, count * 20);
  const right = sine(800, count * 20);
  return Array.from({ length: count }, (_, frame) =>
    Int16Array.from({ length: 320 }, (_, i) => {
      const at = frame * 160 + Math.floor(i / 2);
      return (i % 2 === 0 ? left[at] : right[at]) ?? 0;
    }),
  );
}

/** Plays blocks as the browser does; `answer` gives the frames that are there in time. */
function play(
  blocks: number,
  ahead: number,
  answer: (block: number, need: number) => Int16Array[],
) {
  const voice = createSpeakerVoice(ahead);
  const left = new Float32Array(blocks * BLOCK);
  const right = new Float32Array(blocks * BLOCK);
  let asked = 0;
  for (let block = 0; block < blocks; block += 1) {
    const at = block * BLOCK;
    const need = voice.fill(left.subarray(at, at + BLOCK), right.subarray(at, at + BLOCK));
    asked += need;
    for (const frame of answer(block, need)) voice.push(frame);
  }
  return { left, right, asked, starved: voice.takeStarved() };
}

/** The largest change between neighbours. */
function steepest(samples: Float32Array): number {
  return samples.reduce(
    (most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? sample))),
    0,
  );
}

test('as much as is kept ahead is asked for at once, then one for each that is played', () => {
  const source = frames(60);
  const { asked, left, right, starved } = play(375, 3, (_, need) => source.splice(0, need));
  // The first piece is silence: nothing was there yet.
  expect(asked).toBe(3 + 49);
  expect(starved).toBe(0);
  expect(amplitudeAt(left.subarray(4800, 43_200), 500, 48_000)).toBeCloseTo(0.5, 2);
  expect(amplitudeAt(right.subarray(4800, 43_200), 800, 48_000)).toBeCloseTo(0.5, 2);
  expect(amplitudeAt(left.subarray(4800, 43_200), 800, 48_000)).toBeLessThan(0.001);
});

test('before sound has begun nothing counts as missing', () => {
  const { starved, left } = play(100, 2, () => []);
  expect(starved).toBe(0);
  expect(rms(left)).toBe(0);
});

test('a gap is concealed without a click, dies away, and is counted', () => {
  const source = frames(60);
  let owed = 0;
  const { left, starved } = play(375, 2, (block, need) => {
    owed += need;
    if (block >= 150 && block < 210) return [];
    const given = source.splice(0, owed);
    owed = 0;
    return given;
  });
  expect(starved).toBeGreaterThanOrEqual(5);
  expect(starved).toBeLessThanOrEqual(8);
  // A tone of 500 Hz at this loudness changes by 0.033 from one sample to the next.
  expect(steepest(left)).toBeLessThan(0.06);
  const middle = left.subarray(200 * BLOCK, 206 * BLOCK);
  expect(rms(middle)).toBeLessThan(0.001);
  expect(amplitudeAt(left.subarray(260 * BLOCK, 340 * BLOCK), 500, 48_000)).toBeGreaterThan(0.45);
});

import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, type Frame } from '../../../electron/core/audio/frame.ts';
import { MicrophoneQueue } from '../../../electron/core/audio/microphone-queue.ts';

const flat = (value: number): Frame => new Int16Array(FRAME_SAMPLES).fill(value);

/** A tone of 200 Hz, a period of 40 samples. */
const TONE = Int16Array.from({ length: FRAME_SAMPLES }, (_, i) =>
  Math.round(8000 * Math.sin((2 * Math.PI * i) / 40)),
);

/** Speaks frames of which `ahead` samples are always to be heard before. Returns what was handed out. */
function speak(queue: MicrophoneQueue, frame: Frame, frames: number, ahead: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < frames; i += 1) {
    queue.push(frame, ahead);
    const taken = queue.take();
    if (taken !== null) out.push(...taken);
  }
  return out;
}

function largestStep(samples: readonly number[]): number {
  return samples.reduce(
    (most, sample, i) => Math.max(most, sample - (samples[i - 1] ?? sample)),
    0,
  );
}

describe('the microphone queue', () => {
  it('hands out what was said, unchanged and in order, and copies it', () => {
    const queue = new MicrophoneQueue();
    const frame = flat(1);
    queue.push(frame, 0);
    queue.push(flat(2), 0);
    frame.fill(9);
    expect(queue.frames).toBe(2);
    expect(queue.take()).toEqual(flat(1));
    expect(queue.take()).toEqual(flat(2));
    expect(queue.take()).toBeNull();
  });

  it('changes nothing while no more than one frame is ahead', () => {
    const out = speak(new MicrophoneQueue(), TONE, 200, FRAME_SAMPLES);
    expect(out).toEqual(Array.from({ length: 200 }, () => [...TONE]).flat());
  });

  it('changes nothing when more is ahead for less than two seconds', () => {
    const queue = new MicrophoneQueue();
    for (let round = 0; round < 20; round += 1) {
      expect(speak(queue, flat(100), 99, 3 * FRAME_SAMPLES)).toHaveLength(99 * FRAME_SAMPLES);
      expect(speak(queue, flat(100), 1, 0)).toHaveLength(FRAME_SAMPLES);
    }
  });

  it('leaves out quiet sound at once', () => {
    const queue = new MicrophoneQueue();
    speak(queue, TONE, 101, 3 * FRAME_SAMPLES);
    expect(speak(queue, flat(100), 4, 3 * FRAME_SAMPLES)).toHaveLength(2 * FRAME_SAMPLES);
  });

  it('leaves whole periods out of speech, without a step', () => {
    const out = speak(new MicrophoneQueue(), TONE, 200, 3 * FRAME_SAMPLES);
    expect(200 * FRAME_SAMPLES - out.length).toBeGreaterThanOrEqual(2 * FRAME_SAMPLES);
    expect(out).toEqual(Array.from(out, (_, i) => TONE[i % 40]));
  });

  it('fades over from the first frame that had to go in a burst to the one that comes instead', () => {
    const queue = new MicrophoneQueue();
    for (const value of [1000, 7000, 3000, 9000, 5000, 5000, 5000, 5000, 5000]) {
      queue.push(flat(value), 0);
    }
    expect(queue.frames).toBe(5);
    const out = [...(queue.take() ?? [])];
    expect(out[0]).toBeCloseTo(1000, -2);
    expect(out.at(-1)).toBeCloseTo(5000, -2);
    expect(largestStep(out)).toBeLessThan(30);
    expect(queue.take()).toEqual(flat(5000));
  });

  it('says nothing any more of what it was told to forget', () => {
    const queue = new MicrophoneQueue();
    for (let i = 0; i < 8; i += 1) queue.push(flat(1000), 0);
    queue.clear();
    expect(queue.frames).toBe(0);
    queue.push(flat(2), 0);
    expect(queue.take()).toEqual(flat(2));
    expect(queue.take()).toBeNull();
  });

  it('catches up also with noise, that is like nothing', () => {
    let state = 1;
    const noise = Int16Array.from({ length: FRAME_SAMPLES }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 17) - 16_384;
    });
    const queue = new MicrophoneQueue();
    const out: number[] = [];
    for (let i = 0; i < 1000; i += 1) {
      const turned = noise.map((_, at) => noise[(at * (2 * i + 1) + i * 7) % FRAME_SAMPLES] ?? 0);
      out.push(...speak(queue, turned, 1, 3 * FRAME_SAMPLES));
    }
    expect(1000 * FRAME_SAMPLES - out.length).toBeGreaterThan(2 * FRAME_SAMPLES);
  });
});

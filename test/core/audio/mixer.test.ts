import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { Mixer, scaled } from '../../../electron/core/audio/mixer.ts';

const frame = (value: number): Int16Array => new Int16Array(FRAME_SAMPLES).fill(value);

describe('the mixer', () => {
  it('adds frames up, each with its gain', () => {
    const mixer = new Mixer();
    mixer.add(frame(1000), 1);
    mixer.add(frame(2000), 0.5);
    mixer.add(frame(5000), 0);
    expect(mixer.take()).toEqual(frame(2000));
  });

  it('saturates instead of wrapping around', () => {
    const mixer = new Mixer();
    for (let i = 0; i < 3; i += 1) mixer.add(frame(30_000), 1);
    expect(mixer.take()).toEqual(frame(32_767));
    for (let i = 0; i < 3; i += 1) mixer.add(frame(-30_000), 1);
    expect(mixer.take()).toEqual(frame(-32_768));
  });

  it('begins every frame from silence', () => {
    const mixer = new Mixer();
    mixer.add(frame(1000), 1);
    mixer.take();
    expect(mixer.take()).toEqual(frame(0));
  });

  it('gives the same frame back at gain 1 and never overflows at gain 2', () => {
    const loud = frame(20_000);
    expect(scaled(loud, 1)).toBe(loud);
    expect(scaled(loud, 2)).toEqual(frame(32_767));
  });
});

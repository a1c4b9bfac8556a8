import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SILENCE } from '../../../electron/core/audio/frame.ts';
import { levelOf, peakOf, SPEECH_LEVEL } from '../../../electron/core/audio/level.ts';

const frame = (value: number): Int16Array => new Int16Array(FRAME_SAMPLES).fill(value);

describe('the level of a frame', () => {
  it('is 0 in silence, 255 at full scale and halfway at -30 dBFS', () => {
    expect(levelOf(SILENCE)).toBe(0);
    expect(levelOf(frame(-32_768))).toBe(255);
    expect(Math.abs(levelOf(frame(Math.round(32_768 * 10 ** (-30 / 20)))) - 127.5)).toBeLessThan(1);
  });

  it('tells speech from line noise', () => {
    expect(levelOf(frame(1000))).toBeGreaterThan(SPEECH_LEVEL);
    expect(levelOf(frame(100))).toBeLessThan(SPEECH_LEVEL);
  });

  it('goes by the largest magnitude of either sign', () => {
    expect(peakOf(Int16Array.of(1, -700, 300))).toBe(700);
  });
});

import { expect, test } from 'vitest';
import { createMicrophoneVoice } from '../../../renderer/sound/microphone-voice.ts';
import { amplitudeAt, joinFrames } from '../../support/tones.ts';

test('what is picked up comes in frames of 20 ms at the rate of the phone', () => {
  const frames: Int16Array[] = [];
  const push = createMicrophoneVoice(frame => frames.push(frame.slice()));
  const tone = Float32Array.from({ length: 48_000 }, (_, i) => 0.5 * Math.sin((i * Math.PI) / 24));
  for (let at = 0; at < tone.length; at += 128) push(tone.subarray(at, at + 128));
  expect(frames).toHaveLength(50);
  expect(amplitudeAt(joinFrames(frames).subarray(800), 1000)).toBeCloseTo(0.5 * 32_767, -2);
});

test('what is too loud is cut off, not turned over', () => {
  const frames: Int16Array[] = [];
  const push = createMicrophoneVoice(frame => frames.push(frame.slice()));
  push(new Float32Array(4800).fill(1.5));
  expect(frames.at(-1)?.every(sample => sample === 32_767)).toBe(true);
});

import { expect, it } from 'vitest';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import { isPureTone } from '../../electron/practice/pure-tone.ts';
import { tone } from '../../electron/practice/tone.ts';

it.each([300, 440, 1000, 1400, 2000, 3000])('knows a tone of %i Hz', hz => {
  const samples = tone([hz], 200);
  expect(isPureTone(samples.subarray(800, 960))).toBe(true);
});

it('takes neither silence, nor two tones, nor noise for one', () => {
  expect(isPureTone(SILENCE)).toBe(false);
  expect(isPureTone(tone([770, 1336], 200).subarray(800, 960))).toBe(false);
  const noise = Int16Array.from({ length: 160 }, (_, at) => ((at * 7919) % 4001) - 2000);
  expect(isPureTone(noise)).toBe(false);
});

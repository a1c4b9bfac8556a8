import { expect, it } from 'vitest';
import { readWav } from '../../../electron/core/audio/wav.ts';
import { wavFile } from '../../practice/wav-file.ts';

it('reads 16-bit sound', () => {
  const samples = Int16Array.of(0, 1000, -1000, 32767);
  expect(readWav(wavFile(samples, 8000))).toEqual({ sampleRateHz: 8000, samples });
});

it('skips chunks it does not know', () => {
  const file = wavFile(Int16Array.of(5, 6), 16_000);
  const extra = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
  const longer = Buffer.concat([file.subarray(0, 12), extra, file.subarray(12)]);
  expect(readWav(longer).samples).toEqual(Int16Array.of(5, 6));
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['another file', Buffer.from('ID3 and more of an mp3')],
  ['no sound', wavFile(new Int16Array(0), 8000).subarray(0, 36)],
])('refuses %s', (_, file) => {
  expect(() => readWav(file)).toThrow();
});

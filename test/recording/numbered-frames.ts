import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';

/** Sound that is alike nowhere: frame `index` of a side, in µ-law. */
export function frameOf(side: 'them' | 'us', index: number): Uint8Array {
  const frame = new Uint8Array(160);
  let seed = index * 2 + (side === 'us' ? 1 : 0) + 1;
  for (let i = 0; i < frame.length; i += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    frame[i] = seed >>> 24;
  }
  return frame;
}

/** The same frames one after the other, as they are in a recording. */
export function samplesOf(side: 'them' | 'us', from: number, to: number): Int16Array {
  const samples = new Int16Array((to - from) * 160);
  for (let index = from; index < to; index += 1) {
    samples.set(decodeMulaw(frameOf(side, index)), (index - from) * 160);
  }
  return samples;
}

import { describe, expect, it } from 'vitest';
import { CHUNK_SAMPLES, createTalkDetector } from '../../electron/voice-activity/talk-detector.ts';

/** Runs chunks of a probability and a power each. @returns what was told, by chunk: when, what, where */
function told(chunks: readonly (readonly [number, number])[], stops = false): string[] {
  const found: string[] = [];
  let now = 0;
  const detector = createTalkDetector((on, at) =>
    found.push(`${now}: ${on ? 'on' : 'off'} at ${at / CHUNK_SAMPLES}`),
  );
  for (const [i, [probability, power]] of chunks.entries()) {
    now = i;
    detector.take(probability, power, i * CHUNK_SAMPLES);
  }
  now = chunks.length;
  if (stops) detector.stop();
  return found;
}

const some = (count: number, probability: number, power = probability): [number, number][] =>
  Array.from({ length: count }, () => [probability, power]);

describe('talk', () => {
  it('begins where a voice began and ends where it was heard last', () => {
    const chunks = [...some(5, 0), ...some(20, 0.9), ...some(30, 0)];
    expect(told(chunks)).toEqual(['20: on at 5', '37: off at 25']);
  });

  it('goes on over pauses between words, and while a voice is likely', () => {
    const chunks = [
      ...some(10, 0.9),
      ...some(12, 0.1),
      ...some(10, 0.4),
      ...some(12, 0.1),
      ...some(10, 0.9),
      ...some(13, 0.1),
    ];
    expect(told(chunks)).toEqual(['27: on at 0', '66: off at 54']);
  });

  it('needs two chunks with a voice in a row, and five in all', () => {
    expect(told([...some(1, 0.9), ...some(1, 0.4), ...some(30, 0)], true)).toEqual([]);
    expect(told([...some(4, 0.9), ...some(30, 0)], true)).toEqual([]);
    expect(told([...some(5, 0.9), ...some(30, 0)])).toEqual(['17: on at 0', '17: off at 5']);
  });

  it('is a short word only when it stands out of what follows', () => {
    expect(told([...some(10, 0.9, 1), ...some(30, 0, 0.2)])).toEqual([]);
    expect(told([...some(10, 0.9, 1), ...some(30, 0, 0.1)])).toHaveLength(2);
    expect(told([...some(16, 0.9, 1), ...some(30, 0, 0.2)])).toHaveLength(2);
  });

  it('begins with what had a trace of it and was not much softer', () => {
    const chunks = [
      ...some(3, 0.06, 0.5),
      ...some(1, 0.06, 0.001),
      ...some(2, 0.1, 0.5),
      ...some(20, 0.9),
    ];
    expect(told(chunks)).toEqual(['21: on at 4']);
    expect(told([...some(9, 0.1, 0.5), ...some(16, 0.9)])).toEqual(['24: on at 6']);
  });

  it('ends with the sound', () => {
    expect(told(some(20, 0.9), true)).toEqual(['15: on at 0', '20: off at 20']);
    expect(told(some(6, 0.9), true)).toEqual(['6: on at 0', '6: off at 6']);
    expect(told([...some(20, 0.9), ...some(13, 0)], true)).toHaveLength(2);
  });
});

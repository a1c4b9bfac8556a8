import { describe, expect, it } from 'vitest';
import { createSampleQueue } from '../../electron/audio/sample-queue.ts';

describe('a queue of samples', () => {
  it('gives every sample once, in order, whatever the lengths of pieces', () => {
    const queue = createSampleQueue();
    const pushed: number[] = [];
    const taken: number[] = [];
    for (let round = 0; round < 300; round += 1) {
      const piece = Int16Array.from({ length: (round * 37) % 331 }, (_, i) => round + i);
      pushed.push(...piece);
      queue.push(piece);
      while (queue.length() >= 160) taken.push(...queue.take(160));
    }
    expect(queue.length()).toBe(pushed.length - taken.length);
    expect(taken).toEqual(pushed.slice(0, taken.length));
  });

  it('keeps more than it was made for', () => {
    const queue = createSampleQueue();
    for (let i = 0; i < 10; i += 1) queue.push(new Int16Array(5000).fill(i));
    expect(queue.length()).toBe(50_000);
    expect(queue.take(50_000).at(-1)).toBe(9);
  });
});

import { expect, it } from 'vitest';
import { MulawQueue } from '../../electron/agent/mulaw-queue.ts';

/** Numbers from `from` on, as bytes. */
function bytes(from: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => from + i);
}

it('gives back what was put in, in order, whatever the sizes', () => {
  const queue = new MulawQueue();
  let put = 0;
  let got = 0;
  for (let round = 1; round < 400; round += 1) {
    const count = (round * 7919) % 17_000;
    queue.push(bytes(put, count));
    put += count;
    const wanted = Math.min((round * 104_729) % 18_000, queue.length);
    expect(Buffer.compare(queue.peek(wanted), bytes(got, wanted))).toBe(0);
    queue.drop(wanted);
    got += wanted;
    expect(queue.length).toBe(put - got);
  }
});

it('shows no more than there is, and nothing after it was cleared', () => {
  const queue = new MulawQueue();
  queue.push(bytes(0, 10));
  expect(queue.peek(100)).toEqual(bytes(0, 10));
  queue.clear();
  expect([queue.length, queue.peek(5).length]).toEqual([0, 0]);
  queue.push(bytes(3, 2));
  expect(queue.peek(2)).toEqual(bytes(3, 2));
});

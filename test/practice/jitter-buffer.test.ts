import { expect, it } from 'vitest';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import { JitterBuffer } from '../../electron/practice/jitter-buffer.ts';

function frame(first: number): Int16Array {
  return Int16Array.of(first);
}

it('gives out what came, as many frames later as it holds back', () => {
  const buffer = new JitterBuffer('medium');
  const out = [1, 2, 3, 4].map(number => {
    buffer.push(frame(number));
    return buffer.next();
  });
  expect(out).toEqual([SILENCE, SILENCE, frame(1), frame(2)]);
});

it('is silent until something comes, and counts from there', () => {
  const buffer = new JitterBuffer('small');
  expect([buffer.next(), buffer.next()]).toEqual([SILENCE, SILENCE]);
  buffer.push(frame(1));
  expect([buffer.next(), buffer.next(), buffer.next()]).toEqual([SILENCE, frame(1), SILENCE]);
});

it('loses the oldest when 100 ms too much have come', () => {
  const buffer = new JitterBuffer('off');
  for (let number = 1; number <= 8; number += 1) buffer.push(frame(number));
  expect(buffer.next()).toEqual(frame(4));
});

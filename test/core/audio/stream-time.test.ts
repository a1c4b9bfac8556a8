import { describe, expect, it } from 'vitest';
import { StreamTime } from '../../../electron/core/audio/stream-time.ts';

function take(...timestampsMs: readonly number[]): (number | null)[] {
  const time = new StreamTime();
  return timestampsMs.map(timestampMs => time.take(timestampMs, 20));
}

describe('the time of a stream', () => {
  it('begins with whatever timestamp comes first', () => {
    expect(take(5, 25, 45)).toEqual([null, 0, 0]);
  });

  it('tells how much is missing before a payload', () => {
    expect(take(0, 20, 100, 120)).toEqual([null, 0, 60, 0]);
  });

  it('takes less than a frame for jitter of the timestamp, either way', () => {
    expect(take(0, 39, 40, 57, 80, 99)).toEqual([null, 0, 0, 0, 0, 0]);
  });

  it('takes nothing twice', () => {
    expect(take(0, 20, 20, 0, 40)).toEqual([null, 0, -20, -20, 0]);
  });

  it('takes of a payload that reaches back only what is new', () => {
    const time = new StreamTime();
    time.take(0, 100);
    expect(time.take(60, 100)).toBe(-40);
    expect(time.endMs).toBe(160);
  });

  it('follows timestamps that run a little faster than the sound', () => {
    const time = new StreamTime();
    for (let i = 0; i < 10_000; i += 1) expect(time.take(i * 20.01, 20)).toBe(i === 0 ? null : 0);
    expect(time.endMs).toBeCloseTo(200_100, -1);
  });
});

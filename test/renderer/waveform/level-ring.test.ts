import { describe, expect, test } from 'vitest';
import { LevelRing } from '../../../renderer/waveform/level-ring.ts';

const bytes = (...levels: number[]) => Uint8Array.from(levels);

function levels(ring: LevelRing, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => ring.level('them', from + index));
}

describe('a level ring', () => {
  test('keeps both sides', () => {
    const ring = new LevelRing(4);
    ring.push(0, bytes(1, 2), bytes(3, 4));
    expect([ring.level('them', 1), ring.level('us', 1), ring.end]).toEqual([2, 4, 2]);
  });

  test('knows nothing of frames to come or no longer kept', () => {
    const ring = new LevelRing(2);
    ring.push(0, bytes(1, 2), bytes(0, 0));
    ring.push(2, bytes(3), bytes(0));
    expect(levels(ring, -1, 5)).toEqual([0, 0, 2, 3, 0, 0]);
  });

  test('shows lost frames as silence', () => {
    const ring = new LevelRing(8);
    ring.push(0, bytes(9, 9), bytes(9, 9));
    ring.push(4, bytes(7), bytes(7));
    expect(levels(ring, 0, 5)).toEqual([9, 9, 0, 0, 7]);
  });

  test('silences what a gap longer than itself left behind', () => {
    const ring = new LevelRing(3);
    ring.push(0, bytes(9, 9, 9), bytes(9, 9, 9));
    ring.push(100, bytes(7), bytes(7));
    expect(levels(ring, 98, 101)).toEqual([0, 0, 7]);
  });

  test('takes the waveform so far after newer frames have come', () => {
    const ring = new LevelRing(8);
    ring.push(3, bytes(4), bytes(4));
    ring.load({ them: bytes(1, 2, 3), us: bytes(1, 2, 3) });
    expect(levels(ring, 0, 4)).toEqual([1, 2, 3, 4]);
    expect(ring.end).toBe(4);
  });

  test('keeps the end of a waveform longer than itself', () => {
    const ring = new LevelRing(2);
    ring.load({ them: bytes(1, 2, 3, 4, 5), us: bytes(1, 2, 3, 4, 5) });
    expect(levels(ring, 0, 5)).toEqual([0, 0, 0, 4, 5]);
  });

  test('takes the newest part of a waveform at its place', () => {
    const ring = new LevelRing(4);
    ring.push(103, bytes(9), bytes(9));
    ring.load({ them: bytes(1, 2, 3), us: bytes(1, 2, 3) }, 100);
    expect(levels(ring, 99, 104)).toEqual([0, 1, 2, 3, 9]);
    expect([ring.has(99), ring.has(100), ring.has(104)]).toEqual([false, true, false]);
  });

  test('begins again with a new stream', () => {
    const ring = new LevelRing(8);
    ring.push(5, bytes(9, 9), bytes(9, 9));
    ring.push(0, bytes(1), bytes(1));
    expect([ring.end, ...levels(ring, 0, 7)]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  });

  test('takes only frames known of both sides', () => {
    const ring = new LevelRing(4);
    ring.push(0, bytes(1, 2, 3), bytes(1));
    expect(ring.end).toBe(1);
  });
});

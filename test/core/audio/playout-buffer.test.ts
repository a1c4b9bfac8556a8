import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, type Frame, SILENCE } from '../../../electron/core/audio/frame.ts';
import { PlayoutBuffer, TARGET_FRAMES } from '../../../electron/core/audio/playout-buffer.ts';

function loud(mark: number): Frame {
  return new Int16Array(FRAME_SAMPLES).fill(10_000 + mark);
}

function markOf(frame: Frame): number | null {
  return frame === SILENCE || frame[0] === 0 ? null : (frame[0] ?? 0) - 10_000;
}

function pull(buffer: PlayoutBuffer, frames: number): (number | null)[] {
  return Array.from({ length: frames }, () => markOf(buffer.pull()));
}

describe('the playout buffer', () => {
  it('holds back the first frames until its target depth, then plays every frame in order', () => {
    const buffer = new PlayoutBuffer();
    const heard: (number | null)[] = [];
    for (let i = 0; i < 10; i += 1) {
      buffer.push(i * 20, loud(i));
      heard.push(...pull(buffer, 1));
    }
    heard.push(...pull(buffer, TARGET_FRAMES - 1));
    expect(heard).toEqual([null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(buffer.figures).toEqual({ played: 10, late: 0, missing: 0, dropped: 0 });
  });

  it('plays silence while nothing arrives, then goes on without losing a loud frame', () => {
    const buffer = new PlayoutBuffer();
    for (let i = 0; i < 2; i += 1) buffer.push(i * 20, loud(i));
    expect(pull(buffer, 5)).toEqual([0, 1, null, null, null]);
    for (let i = 2; i < 7; i += 1) buffer.push(i * 20, loud(i));
    expect(pull(buffer, 5)).toEqual([2, 3, 4, 5, 6]);
    expect(buffer.figures.late).toBe(1);
  });

  it('catches up after a burst by leaving out quiet frames only', () => {
    const buffer = new PlayoutBuffer();
    for (let i = 0; i < 12; i += 1) buffer.push(i * 20, i % 2 === 0 ? loud(i) : SILENCE);
    const heard = pull(buffer, 12).filter(mark => mark !== null);
    expect(heard).toEqual([0, 2, 4, 6, 8, 10]);
    expect(buffer.figures.dropped).toBeGreaterThan(0);
  });

  it('never grows beyond its bound, and counts what it drops', () => {
    const buffer = new PlayoutBuffer();
    for (let i = 0; i < 100; i += 1) buffer.push(i * 20, loud(i));
    expect(buffer.depth).toBe(30);
    expect(buffer.figures.dropped).toBe(70);
    expect(markOf(buffer.pull())).toBe(70);
  });

  it('fills a jump of the timestamp with as much silence as is missing', () => {
    const buffer = new PlayoutBuffer();
    buffer.push(0, loud(0));
    buffer.push(20, loud(1));
    buffer.push(80, loud(2));
    expect(pull(buffer, 5)).toEqual([0, 1, null, null, 2]);
    expect(buffer.figures.missing).toBe(2);
  });

  it('does not fill a jump again that was already heard as waiting', () => {
    const buffer = new PlayoutBuffer();
    buffer.push(0, loud(0));
    buffer.push(20, loud(1));
    expect(pull(buffer, 4)).toEqual([0, 1, null, null]);
    buffer.push(80, loud(2));
    buffer.push(100, loud(3));
    expect(pull(buffer, 2)).toEqual([2, 3]);
  });

  it('takes a jump of more than a second for a new start', () => {
    const buffer = new PlayoutBuffer();
    buffer.push(0, loud(0));
    buffer.push(5000, loud(1));
    expect(pull(buffer, 2)).toEqual([0, 1]);
  });

  it('starts anew with another stream whose timestamps begin at zero', () => {
    const buffer = new PlayoutBuffer();
    buffer.push(4000, loud(0));
    buffer.restart();
    buffer.push(0, loud(1));
    buffer.push(20, loud(2));
    expect(pull(buffer, 2)).toEqual([1, 2]);
  });
});

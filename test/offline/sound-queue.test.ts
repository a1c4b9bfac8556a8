import { describe, expect, it } from 'vitest';
import { createSoundQueue } from '../../electron/offline/sound-queue.ts';

const piece = (atMs: number, lengthMs: number, ends = false, again = false) => ({
  atMs,
  mulaw: new Uint8Array(lengthMs * 8),
  ends,
  again,
});

describe('sound that waits to be decoded', () => {
  it('is taken in order, and not much at once', () => {
    const queue = createSoundQueue();
    for (let i = 0; i < 5; i += 1) queue.push(piece(i * 100, 100));
    expect(queue.take(200).pieces.map(({ atMs }) => atMs)).toEqual([0, 100]);
    expect(queue.waitingMs()).toBe(300);
  });

  it('is never taken beyond where words end', () => {
    const queue = createSoundQueue();
    queue.push(piece(0, 100, true));
    queue.push(piece(900, 100));
    expect(queue.hasEnd()).toBe(true);
    expect(queue.take(1000)).toMatchObject({ pieces: [{ atMs: 0 }], ends: true });
    expect(queue.hasEnd()).toBe(false);
  });

  it('is late only where it was not said again', () => {
    const queue = createSoundQueue();
    queue.push(piece(0, 3000, false, true));
    queue.push(piece(3000, 500));
    expect(queue.lateMs()).toBe(500);
    expect(queue.skip()).toEqual({ atMs: 0, lengthMs: 3500 });
    expect(queue.skip()).toBeNull();
  });
});

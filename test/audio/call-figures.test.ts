import { expect, it } from 'vitest';
import { CallFigures } from '../../electron/audio/call-figures.ts';
import { MULAW_SILENCE } from '../../electron/core/audio/mulaw.ts';
import { PlayoutBuffer } from '../../electron/core/audio/playout-buffer.ts';

const silence = new Uint8Array(160).fill(MULAW_SILENCE);

/** A playout that took so many frames, of which one never came after the first. */
function playoutOf(frames: number): PlayoutBuffer {
  const playout = new PlayoutBuffer();
  for (let i = 0; i < frames; i += 1) playout.push((i === 0 ? 0 : i + 1) * 20, i * 20, silence);
  return playout;
}

it('count nothing before anything came', () => {
  expect(new CallFigures().quality(7)).toMatchObject({
    receivedFrames: 0,
    lateFrames: 0,
    missingFrames: 0,
    droppedMs: 0,
    insertedMs: 0,
    depthMs: 0,
    unsentFrames: 7,
  });
});

it('go on counting when another brings the sound, and count of each only its turn', () => {
  const figures = new CallFigures();
  const [first, second] = [playoutOf(5), playoutOf(3)];
  figures.turnTo(first);
  figures.turnTo(first);
  first.push(120, 100, silence);
  expect(figures.quality(0)).toMatchObject({ receivedFrames: 1, missingFrames: 0 });
  figures.turnTo(second);
  first.push(140, 120, silence);
  second.push(80, 60, silence);
  second.push(120, 80, silence);
  expect(figures.quality(0)).toMatchObject({ receivedFrames: 3, missingFrames: 1 });
  figures.turnTo(first);
  first.push(160, 140, silence);
  expect(figures.quality(0)).toMatchObject({ receivedFrames: 4, missingFrames: 1 });
});

it('tell how it is now of whoever brings it now', () => {
  const figures = new CallFigures();
  figures.turnTo(playoutOf(5));
  expect(figures.quality(0).depthMs).toBe(120);
  figures.turnTo(playoutOf(2));
  expect(figures.quality(0).depthMs).toBe(60);
});

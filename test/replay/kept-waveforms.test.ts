import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { levelOf } from '../../electron/core/audio/level.ts';
import { ZOOMS } from '../../electron/core/audio/waveform-record.ts';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { createKeptWaveforms } from '../../electron/replay/kept-waveforms.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { openFolder } from './kept-files.ts';

/** Waveforms, and the files whose levels were read for them. */
function openWaveforms() {
  const read: string[] = [];
  const broken = new Set<string>();
  const waveforms = createKeptWaveforms(async path => {
    read.push(path);
    if (broken.has(path)) throw new Error('The disk is gone');
    return readLevels(path);
  });
  return { waveforms, read, broken };
}

/** The peaks of sound at a place in a call, so many frames in one. */
function peaks(samples: Int16Array, firstFrame: number, zoom: number): Uint8Array {
  const frames = firstFrame + samples.length / FRAME_SAMPLES;
  const levels = new Uint8Array(Math.ceil(frames / zoom));
  for (let frame = firstFrame; frame < frames; frame += 1) {
    const from = (frame - firstFrame) * FRAME_SAMPLES;
    const level = levelOf(samples.subarray(from, from + FRAME_SAMPLES));
    const at = Math.floor(frame / zoom);
    levels[at] = Math.max(levels[at] ?? 0, level);
  }
  return levels;
}

describe('the waveform of a recorded call', () => {
  it('is at every zoom what was recorded', async () => {
    const { record } = openFolder();
    const { waveforms } = openWaveforms();
    const them = glidingSound(5, true);
    const us = glidingSound(6, true).slice(8000);
    const waveform = await waveforms.of('a', [record('a', 'r', 1000, them, us)]);
    for (const zoom of ZOOMS) {
      const part = waveform.part(zoom, 0, 10_000);
      expect(part).toMatchObject({ framesPerByte: zoom, first: 0, length: Math.ceil(300 / zoom) });
      expect(part.them).toEqual(peaks(them, 50, zoom));
      expect(part.us).toEqual(peaks(us, 50, zoom));
    }
  });

  it('holds all recordings at their places', async () => {
    const { record } = openFolder();
    const { waveforms } = openWaveforms();
    const [first, second] = [glidingSound(1), glidingSound(2)];
    const recordings = [record('a', '1', 0, first), record('a', '2', 3000, second)];
    const { them } = (await waveforms.of('a', recordings)).part(1, 0, 1000);
    expect(them).toHaveLength(250);
    expect(them.slice(0, 50)).toEqual(peaks(first, 0, 1));
    expect(them.slice(50, 150).every(level => level === 0)).toBe(true);
    expect(them.slice(150)).toEqual(peaks(second, 0, 1));
  });

  it('is put together once, and anew when there is a recording more', async () => {
    const { record } = openFolder();
    const { waveforms, read } = openWaveforms();
    const first = record('a', '1', 0, glidingSound(1));
    const both = await Promise.all([waveforms.of('a', [first]), waveforms.of('a', [first])]);
    expect(both[0]).toBe(both[1]);
    expect(read).toHaveLength(1);
    const second = record('a', '2', 2000, glidingSound(1));
    expect((await waveforms.of('a', [first, second])).length).toBe(150);
  });

  it('is kept of the calls that were looked at last', async () => {
    const { record } = openFolder();
    const { waveforms, read } = openWaveforms();
    const sound = glidingSound(1);
    const recordings = Array.from({ length: 9 }, (_, i) => [record(`${i}`, `${i}`, 0, sound)]);
    const look = (i: number) => waveforms.of(`${i}`, recordings[i] ?? []);
    for (let i = 0; i < 8; i += 1) await look(i);
    await look(0);
    await look(8);
    expect(read).toHaveLength(9);
    await look(0);
    expect(read).toHaveLength(9);
    await look(1);
    expect(read).toHaveLength(10);
  });

  it('is tried again after its levels could not be read', async () => {
    const { record } = openFolder();
    const { waveforms, broken } = openWaveforms();
    const recording = record('a', '1', 0, glidingSound(1));
    broken.add(recording.path);
    await expect(waveforms.of('a', [recording])).rejects.toThrow('gone');
    broken.clear();
    expect((await waveforms.of('a', [recording])).length).toBe(50);
  });
});

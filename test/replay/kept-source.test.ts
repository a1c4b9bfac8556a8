import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import type { Recording } from '../../electron/core/recording.ts';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { keptSource } from '../../electron/replay/kept-source.ts';
import { createKeptWaveforms } from '../../electron/replay/kept-waveforms.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { until } from '../support/until.ts';
import { deckOn, differsAt, openDeck } from './deck-rig.ts';
import { openFolder } from './kept-files.ts';

async function sourceOf(recordings: readonly Recording[]) {
  const waveform = await createKeptWaveforms(readLevels).of('a', recordings);
  const source = await keptSource(recordings, waveform);
  onTestFinished(source.close);
  return source;
}

/** Files of a folder that this process has open. */
function openFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

describe('the recordings of a call', () => {
  const first = glidingSound(2);
  const second = glidingSound(3).subarray(0, 2 * 8000);

  it('stand at their places in it, with silence between them', async () => {
    const { record } = openFolder();
    const recordings = [record('a', '2', 5000, second), record('a', '1', 1500, first)];
    const source = await sourceOf(recordings);
    expect([source.start(), source.end(), source.grows()]).toEqual([12_000, 56_000, false]);
    expect(source.read(12_000, 160)).toEqual(first.slice(0, 160));
    expect(source.read(40_000, 160)).toEqual(second.slice(0, 160));
    expect(source.read(28_000, 160)).toEqual(new Int16Array(160));
    expect(source.read(56_000, 160)).toHaveLength(0);
    expect(source.speechAfter(30_000)).toBeGreaterThanOrEqual(40_000);
    expect(source.speechAfter(30_000)).toBeLessThan(40_000 + 4 * FRAME_SAMPLES);
  });

  it('are played as the call was, wherever the pieces of the files meet', async () => {
    const { record } = openFolder();
    const whole = new Int16Array(22 * 8000);
    const long = glidingSound(15);
    whole.set(long);
    whole.set(first, 17.5 * 8000);
    const recordings = [record('a', '1', 0, long), record('a', '2', 17_500, first)];
    const source = await sourceOf(recordings);
    const said = whole.subarray(0, source.end());
    const { hear, deck } = openDeck(source, 1234.5);
    const expected = deckOn(said, 1234.5);
    for (const each of [deck, expected.deck]) each.play(true);
    // The disk is given time, as a speaker would give it.
    for (let second = 0; second < 18; second += 1) {
      const place = Math.min(source.end() - 1, Math.round(deck.position().atMs * 8) + 8000);
      await until(() => source.read(place, 1).length === 1);
      expect(differsAt(hear(50), expected.hear(50))).toBeNull();
    }
  });

  it('may lie over each other: the later one is heard', async () => {
    const { record } = openFolder();
    const recordings = [record('a', '1', 0, first), record('a', '2', 1000, second)];
    const source = await sourceOf(recordings);
    expect(source.read(7900, 160)).toEqual(first.slice(7900, 8000));
    expect(source.read(8000, 160)).toEqual(second.slice(0, 160));
    expect(source.end()).toBe(24_000);
  });

  it('go on as silence when a file is gone', async () => {
    const { record } = openFolder();
    const recording = record('a', '1', 0, first);
    const source = await sourceOf([recording]);
    rmSync(recording.path);
    expect(source.read(0, 160)).toHaveLength(160);
  });

  it.runIf(process.platform === 'linux')('leave no file open', async () => {
    const { folder, record } = openFolder();
    const recordings = [record('a', '1', 0, first), record('a', '2', 4000, second)];
    const source = await sourceOf(recordings);
    expect(openFiles(folder)).toHaveLength(2);
    source.close();
    await until(() => openFiles(folder).length === 0);
    rmSync(recordings[1]?.path ?? '');
    await expect(sourceOf(recordings)).rejects.toMatchObject({
      problem: { kind: 'file-unreadable' },
    });
    await until(() => openFiles(folder).length === 0);
  });
});

import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CallFact } from '../../electron/core/events.ts';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { samplesOf } from './numbered-frames.ts';
import { MORNING, openRecordingDesk } from './recording-desk.ts';
import { readStrictly } from './strict-wav.ts';

/** What one side said there must not be kept. */
function masked(speaker: 'them' | 'us', atMs: number, lengthMs: number): CallFact {
  return { event: 'sound-masked', callId: 'a', speaker, atMs, lengthMs };
}

/** The samples of a side with some frames silent. */
function without(side: 'them' | 'us', frames: number, from: number, to: number): Int16Array {
  return samplesOf(side, 0, frames).fill(0, from * 160, to * 160);
}

/** Kept levels must be those that are worked out from the sound. */
async function expectRightLevels(path: string): Promise<void> {
  expect(existsSync(`${path}.levels`)).toBe(true);
  const kept = await readLevels(path);
  rmSync(`${path}.levels`);
  expect(await readLevels(path)).toEqual(kept);
}

describe('what must not be kept', () => {
  it('is silent in a recording that runs, on its side only, and cannot be rewound', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 100);
    desk.emit(masked('them', 400, 600));
    await desk.speak('a', 50);
    expect(readStrictly(path, false).them.subarray(20 * 160, 50 * 160)).toEqual(
      new Int16Array(30 * 160),
    );
    desk.end('a');
    await desk.told('recording-saved');
    expect(readStrictly(path)).toEqual({
      them: without('them', 150, 20, 50),
      us: samplesOf('us', 0, 150),
    });
    await expectRightLevels(path);
    expect(desk.taped('a', 'them', 20, 50).every(byte => byte === 0xff)).toBe(true);
    expect(desk.taped('a', 'us', 20, 50).every(byte => byte === 0xff)).toBe(false);
  });

  it('is silent to the sample, also when it is told after the call', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 100);
    desk.end('a');
    desk.emit(masked('us', 405, 290));
    await desk.told('recording-saved');
    desk.emit(masked('them', 1900, 9000));
    await desk.close();
    const us = samplesOf('us', 0, 100).fill(0, 405 * 8, 695 * 8);
    expect(readStrictly(path)).toEqual({ them: without('them', 100, 95, 100), us });
    await expectRightLevels(path);
  });

  it('is silent in every part of a call, and nowhere else', async () => {
    const desk = openRecordingDesk();
    desk.answer('a');
    await desk.speak('a', 10);
    await desk.recordings.start('a');
    await desk.speak('a', 50);
    await desk.recordings.stop('a');
    await desk.recordings.start('a');
    await desk.speak('a', 50);
    desk.emit(masked('them', 1000, 400));
    desk.end('a');
    await desk.told('recording-saved', 2);
    const paths = desk.store.recordingsOf('a').map(({ path }) => path);
    await desk.close();
    const [one, two] = paths.map(path => readStrictly(path));
    const [frames, rest] = [samplesOf('them', 10, 60), samplesOf('them', 60, 110)];
    expect(one?.them).toEqual(frames.fill(0, 40 * 160));
    expect(two?.them).toEqual(rest.fill(0, 0, 10 * 160));
    expect(two?.us).toEqual(samplesOf('us', 60, 110));
  });

  it('stays silent when its sound comes again, late', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 50);
    desk.emit(masked('them', 400, 200));
    desk.sayAgain('a', 'them', 25);
    await desk.speak('a', 10);
    desk.end('a');
    await desk.told('recording-saved');
    expect(readStrictly(path).them).toEqual(without('them', 60, 20, 30));
  });

  it('is silent in what a killed run left, once the next one opens', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 100);
    // Kept, but the program was killed before it could be done.
    desk.store.append({ ...masked('them', 400, 600), at: MORNING });
    desk.kill();
    const next = openRecordingDesk({ dataDir: desk.dataDir, startMs: MORNING + 60_000 });
    await next.recordings.open();
    await next.close();
    const { them } = readStrictly(path);
    expect(them).toEqual(without('them', them.length / 160, 20, 50));
    await expectRightLevels(path);
  });

  it('is left alone in a file that is gone', async () => {
    const desk = openRecordingDesk({ settings: { record: 'always' } });
    desk.answer('a');
    const { path } = await desk.told('recording-started');
    await desk.speak('a', 10);
    desk.end('a');
    await desk.told('recording-saved');
    rmSync(path);
    desk.emit(masked('them', 0, 100));
    await desk.close();
    expect(existsSync(path)).toBe(false);
  });
});

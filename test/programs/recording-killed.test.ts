import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { repairRecording } from '../../electron/recording/repair-recording.ts';
import { samplesOf } from '../recording/numbered-frames.ts';
import { readStrictly } from '../recording/strict-wav.ts';
import { bundleForNode } from '../support/bundle-for-node.ts';

const KILLS = 10;
const AT_ONCE = 2;

/** What may be missing of a recording. */
const MISSING_MS = 100;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-killed-'));
  const entries = {
    program: 'test/programs/recording-program.mjs',
    'recording-worker': 'electron/recording/recording-worker.ts',
  };
  await bundleForNode(entries, folder);
});

afterAll(() => rm(folder, { recursive: true }));

/** Kills a recording some time after its first frame. @returns frames said by then */
async function killedAfter(path: string, delayMs: number): Promise<number> {
  const program = spawn(process.execPath, [join(folder, 'program.cjs'), path]);
  let told = '';
  let complaints = '';
  program.stderr.on('data', data => {
    complaints += data;
  });
  const closed = once(program, 'close');
  const started = new Promise<void>(resolve => {
    program.stdout.on('data', data => {
      told += data;
      resolve();
    });
  });
  await Promise.race([started, closed]);
  await wait(delayMs);
  program.kill('SIGKILL');
  await closed;
  expect(complaints).toBe('');
  return Number(told.trimEnd().split('\n').at(-1));
}

describe('a program killed while it records', () => {
  it('leaves a whole file each time, without more than the last 100 ms', async () => {
    const waiting = Array.from({ length: KILLS }, (_, index) => index);
    const missing: number[] = [];
    const killNext = async (): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const path = join(folder, `${index}.wav`);
        const said = await killedAfter(path, 300 + Math.random() * 900);
        const { them, us } = readStrictly(path, false);
        const frames = them.length / 160;
        expect(them).toEqual(samplesOf('them', 0, frames));
        expect(us).toEqual(samplesOf('us', 0, frames));
        missing.push((said - frames) * 20);
        expect((await readLevels(path)).them).toHaveLength(frames);
        const repaired = await repairRecording(path);
        expect(repaired?.durationMs).toBeGreaterThanOrEqual(frames * 20);
        expect(readStrictly(path).them.subarray(0, them.length)).toEqual(them);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, killNext));
    expect(missing).toHaveLength(KILLS);
    expect(Math.max(...missing)).toBeLessThanOrEqual(MISSING_MS);
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SoundTape, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import { createRecorder } from '../../electron/recording/recorder.ts';
import {
  type LaunchRecordingWriter,
  launchWorkerFrom,
  recordingWriterHere,
} from '../../electron/recording/recording-writer.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { bundleForNode } from '../support/bundle-for-node.ts';
import { recordingLog } from '../support/recording-log.ts';
import { until } from '../support/until.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { readStrictly } from './strict-wav.ts';

let folder: string;
let launchWorker: LaunchRecordingWriter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-worker-'));
  const entries = { 'recording-worker': 'electron/recording/recording-worker.ts' };
  await bundleForNode(entries, folder);
  launchWorker = launchWorkerFrom(join(folder, 'recording-worker.cjs'));
});

afterAll(() => rm(folder, { recursive: true }));

function setUp(launch: LaunchRecordingWriter) {
  const { log, messages } = recordingLog();
  const stopped: string[] = [];
  const recorder = createRecorder({
    clock: systemClock,
    log,
    launch,
    onStopped: (id, because) => stopped.push(`${id} ${because}`),
    onDisk: () => {},
  });
  onTestFinished(() => recorder.close());
  const tape = new SoundTape(tapeBudget());
  let frame = 0;
  const speak = (frames: number): void => {
    for (let i = 0; i < frames; i += 1, frame += 1) {
      for (const side of ['them', 'us'] as const) {
        tape.write(side, frame * 160, frameOf(side, frame));
      }
    }
  };
  return { recorder, messages, stopped, speak, sound: { tape, nowMs: () => frame * 20 } };
}

function framesIn(path: string): number {
  return existsSync(path) ? readStrictly(path, false).them.length / 160 : 0;
}

describe('the thread that writes recordings', () => {
  it('writes what is said while it is said', async () => {
    const { recorder, speak, sound, stopped } = setUp(launchWorker);
    const path = join(folder, 'new', 'folder', 'one.wav');
    recorder.start('R1', sound, path);
    speak(50);
    await until(() => framesIn(path) === 50);
    speak(25);
    expect(await recorder.stop('R1')).toEqual({ durationMs: 1500 });
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, 75),
      us: samplesOf('us', 0, 75),
    });
    expect(stopped).toEqual([]);
  });

  it('is started again when it dies, and goes on with the same files', async () => {
    let writers: { hasAnswered: boolean; readonly kill: () => Promise<void> }[] = [];
    const launch: LaunchRecordingWriter = events => {
      const onAnswer: typeof events.onAnswer = answer => {
        life.hasAnswered = true;
        events.onAnswer(answer);
      };
      const writer = launchWorker({ ...events, onAnswer });
      const kill = async (): Promise<void> => {
        await writer.close();
        events.onEnd('killed');
      };
      const life = { hasAnswered: false, kill };
      writers.push(life);
      return writer;
    };
    const { recorder, speak, sound, messages, stopped } = setUp(launch);
    const paths = ['a', 'b'].map(name => join(folder, `${name}.wav`));
    const other = setUp(launch);
    const [one = '', two = ''] = paths;
    recorder.start('A', sound, one);
    other.recorder.start('B', other.sound, two);
    for (let round = 0; round < 5; round += 1) {
      // Three that die before they have done anything are given up.
      await until(() => writers.every(({ hasAnswered }) => hasAnswered));
      speak(10);
      other.speak(10);
      await wait(40);
      const killed = writers;
      writers = [];
      for (const { kill } of killed) await kill();
      const frames = (round + 1) * 10;
      await until(() => framesIn(one) === frames && framesIn(paths[1] ?? '') === frames);
    }
    expect(await recorder.stop('A')).toEqual({ durationMs: 1000 });
    expect(await other.recorder.stop('B')).toEqual({ durationMs: 1000 });
    for (const path of paths) {
      expect(readStrictly(path)).toEqual({
        them: samplesOf('them', 0, 50),
        us: samplesOf('us', 0, 50),
      });
    }
    expect(messages).toContain('The writer of recordings ended and is started again');
    expect(stopped).toEqual([]);
  });

  it('masks what is written and what was, also when it dies on the way', async () => {
    let jobs = 0;
    const launch: LaunchRecordingWriter = events => {
      const writer = launchWorker(events);
      return {
        ...writer,
        post: job => {
          if (job.mask.length === 0) return writer.post(job);
          jobs += 1;
          if (jobs > 1) return writer.post(job);
          void writer.close().then(() => events.onEnd('killed'));
        },
      };
    };
    const { recorder, speak, sound, messages } = setUp(launch);
    const path = join(folder, 'masked.wav');
    recorder.start('R1', sound, path);
    speak(50);
    recorder.mask({ id: 'R1', path }, { side: 'them', atMs: 200, lengthMs: 100 });
    await recorder.stop('R1');
    recorder.mask({ id: 'R1', path }, { side: 'us', atMs: 800, lengthMs: 100 });
    await recorder.close();
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, 50).fill(0, 1600, 2400),
      us: samplesOf('us', 0, 50).fill(0, 6400, 7200),
    });
    expect(jobs).toBeGreaterThan(1);
    expect(messages).toContain('The writer of recordings ended and is started again');
  });

  it('is given up when it dies at once each time; the call goes on', async () => {
    const broken = join(folder, 'broken.cjs');
    await writeFile(broken, 'throw new Error("no writer today")');
    const { recorder, speak, sound, stopped, messages } = setUp(launchWorkerFrom(broken));
    recorder.start('R1', sound, join(folder, 'never.wav'));
    speak(10);
    await until(() => stopped.length > 0);
    expect(stopped).toEqual(['R1 failed']);
    expect(await recorder.stop('R1')).toBeNull();
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.length).toBeLessThan(5);
  });

  it('is the calling thread where no worker lies beside the program', async () => {
    const { log, messages } = recordingLog();
    const { recorder, speak, sound } = setUp(recordingWriterHere(log));
    const path = join(folder, 'here.wav');
    recorder.start('R1', sound, path);
    speak(10);
    expect(await recorder.stop('R1')).toEqual({ durationMs: 200 });
    expect(framesIn(path)).toBe(10);
    expect(messages).toEqual([expect.stringContaining('No recording worker')]);
  });
});

import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../electron/recording/levels-file.ts';
import {
  type LaunchRecordingWriter,
  launchLocal,
} from '../../electron/recording/recording-writer.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { GB, setUp, talk } from './spoken-call.ts';
import { readStrictly } from './strict-wav.ts';

describe('a recording', () => {
  it('holds both sides of a call, left and right, in a file for this user only', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    expect(recorder.start('R1', call, path)).toEqual({ offsetMs: 0 });
    await call.speak(100);
    expect(await recorder.stop('R1')).toEqual({ durationMs: 2000 });
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, 100),
      us: samplesOf('us', 0, 100),
    });
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    }
    expect(clock.timers()).toBe(0);
  });

  it('is a whole file at every moment, no more than 60 ms behind', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(3);
    for (let frame = 4; frame < 60; frame += 1) {
      await call.speak(1);
      const { them } = readStrictly(path);
      expect(frame * 160 - them.length).toBeLessThanOrEqual(480);
      expect(them).toEqual(samplesOf('them', 0, them.length / 160));
    }
  });

  it('begins in the middle of a call with what is said then', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    await call.speak(50);
    clock.advance(7);
    expect(recorder.start('R1', call, path)).toEqual({ offsetMs: 1020 });
    await call.speak(10);
    expect(await recorder.stop('R1')).toEqual({ durationMs: 180 });
    expect(readStrictly(path).them).toEqual(samplesOf('them', 51, 60));
  });

  it('puts sound that comes late in its place', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(20, ['us']);
    for (let frame = 0; frame < 20; frame += 1) {
      call.tape.write('them', frame * 160, frameOf('them', frame));
    }
    await recorder.stop('R1');
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, 20),
      us: samplesOf('us', 0, 20),
    });
  });

  it('has its levels beside it', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(30, ['them']);
    await recorder.stop('R1');
    const kept = await readLevels(path);
    rmSync(`${path}.levels`);
    expect(await readLevels(path)).toEqual(kept);
    expect(kept.them).toHaveLength(30);
    expect(Math.min(...kept.them)).toBeGreaterThan(200);
    expect(kept.us).toEqual(new Uint8Array(30));
  });

  it('goes on beside others, each in its own file', async () => {
    const { clock, recorder, path } = setUp();
    const calls = [talk(clock), talk(clock), talk(clock)];
    const at = (index: number) => join(dirname(path), `${index}.wav`);
    for (const [index, call] of calls.entries()) recorder.start(`R${index}`, call, at(index));
    for (const [index, { tape }] of calls.entries()) {
      for (let frame = 0; frame < 40; frame += 1) {
        tape.write('them', frame * 160, frameOf('them', 1000 * index + frame));
      }
    }
    await recorder.close();
    for (const index of calls.keys()) {
      const { them } = readStrictly(at(index));
      expect(them).toEqual(samplesOf('them', 1000 * index, 1000 * index + 40));
    }
  });

  it('follows another of the same call', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    expect(() => recorder.start('R2', call, `${path}2`)).toThrow('already');
    await call.speak(10);
    const first = recorder.stop('R1');
    recorder.start('R2', call, `${path}2`);
    await call.speak(10);
    expect(await first).toEqual({ durationMs: 200 });
    expect(await recorder.stop('R2')).toEqual({ durationMs: 200 });
    expect(readStrictly(`${path}2`).us).toEqual(samplesOf('us', 10, 20));
  });

  it('without sound leaves no file', async () => {
    const { clock, recorder, path } = setUp();
    recorder.start('R1', talk(clock), path);
    expect(await recorder.stop('R1')).toBeNull();
    expect([path, `${path}.levels`, dirname(path)].map(each => existsSync(each))).toEqual([
      false,
      false,
      false,
    ]);
    expect(await recorder.stop('R1')).toBeNull();
  });
});

describe('a disk that gets full', () => {
  it('is told once when it is low, and when it is fine again', async () => {
    let free = 1.8 * GB;
    const { clock, recorder, path, told, stopped } = setUp(launchLocal(() => free));
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(300);
    expect(told).toEqual([]);
    free = 1.2 * GB;
    await call.speak(600);
    expect(told).toEqual([{ freeBytes: 1.2 * GB, hoursLeft: expect.closeTo(8.68, 2) }]);
    await recorder.stop('R1');
    free = 1.8 * GB;
    clock.advance(5000);
    await Promise.resolve();
    expect(told).toEqual([expect.anything(), null]);
    expect(stopped).toEqual([]);
    expect(clock.timers()).toBe(0);
  });

  it('stops recordings before it is full, with all that was said', async () => {
    let free = 50 * GB;
    const { clock, recorder, path, stopped, told } = setUp(launchLocal(() => free));
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(100);
    free = 199_000_000;
    await call.speak(300);
    expect(stopped).toEqual(['R1 disk-full']);
    expect(told).toEqual([{ freeBytes: 199_000_000, hoursLeft: 0 }]);
    const kept = await recorder.stop('R1');
    const { them } = readStrictly(path);
    expect(kept).toEqual({ durationMs: them.length / 8 });
    expect(them.length).toBeGreaterThan(100 * 160);
    expect(them).toEqual(samplesOf('them', 0, them.length / 160));
  });
});

describe('a file that cannot be written', () => {
  it('is told, and no file is promised', async () => {
    const { clock, recorder, path, stopped, messages } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(5);
    const other = talk(clock);
    recorder.start('R2', other, path);
    await call.speak(5);
    expect(stopped).toEqual(['R2 failed']);
    expect(await recorder.stop('R2')).toBeNull();
    expect(await recorder.stop('R1')).toEqual({ durationMs: 200 });
    expect(readStrictly(path).them).toHaveLength(1600);
    expect(messages).toContain('A recording can no longer be written');
  });

  it.skipIf(process.platform === 'win32')('and was deleted is noticed', async () => {
    const { clock, recorder, path, stopped } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(10);
    rmSync(dirname(path), { recursive: true });
    await call.speak(300);
    expect(stopped).toEqual(['R1 failed']);
    expect(await recorder.stop('R1')).toBeNull();
    expect(existsSync(path)).toBe(false);
  });
});

describe('a writer that is slow', () => {
  it('has one job at a time, and gets the rest at once when it is done', async () => {
    const answers: (() => void)[] = [];
    const launch: LaunchRecordingWriter = events => {
      const local = launchLocal(() => 50 * GB)({
        ...events,
        onAnswer: answer => answers.push(() => events.onAnswer(answer)),
      });
      return local;
    };
    const { clock, recorder, path } = setUp(launch);
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(1100);
    expect(answers).toHaveLength(1);
    expect(readStrictly(path).them).toHaveLength(0);
    const stopping = recorder.stop('R1');
    const lengths: number[] = [];
    for (let answer = answers.shift(); answer !== undefined; answer = answers.shift()) {
      answer();
      await Promise.resolve();
      lengths.push(readStrictly(path).them.length / 8000);
    }
    // Ten seconds at a time.
    expect(lengths).toEqual([10, 20, 22, 22]);
    expect(await stopping).toEqual({ durationMs: 22_000 });
    expect(readStrictly(path).us).toEqual(samplesOf('us', 0, 1100));
  });
});

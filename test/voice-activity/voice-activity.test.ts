import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { systemClock } from '../../electron/system-clock.ts';
import type { LaunchVoiceActivity } from '../../electron/voice-activity/activity-link.ts';
import { createVoiceActivity } from '../../electron/voice-activity/voice-activity.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { until } from '../support/until.ts';
import { bundleVoiceActivity, launchFrom } from './activity-bundle.ts';
import { fakeActivityProcesses } from './fake-activity-process.ts';

const FRAME = new Uint8Array(FRAME_SAMPLES).fill(7);
const BEAT_MS = 96;

function setUp() {
  const clock = fakeClock();
  const { processes, launch } = fakeActivityProcesses();
  const { log, messages } = recordingLog();
  const told: string[] = [];
  const voices = createVoiceActivity({
    clock,
    log,
    launch,
    onTalk: (callId, side, on, atMs) => told.push(`${callId} ${side} ${on ? 'on' : 'off'} ${atMs}`),
    onLost: () => told.push('lost'),
  });
  /** The process that runs. */
  const child = () => {
    const last = processes.at(-1);
    if (last === undefined) throw new Error('no process was started');
    return last;
  };
  const answer = (...turns: number[]): void =>
    child().report({ kind: 'heard', turns: Int32Array.from(turns) });
  return { clock, processes, messages, told, voices, child, answer };
}

describe('voice activity', () => {
  it('starts its process with the first sound, and hands over what came meanwhile at once', () => {
    const { clock, voices, processes, child } = setUp();
    expect(processes).toHaveLength(0);
    expect(voices.available()).toBe(false);
    for (let i = 0; i < 20; i += 1) {
      voices.hear('a', 'them', 20 * i, FRAME);
      voices.hear('b', 'us', 1000 + 20 * i, FRAME.subarray(0, 80));
      clock.advance(20);
    }
    expect(child().requests).toHaveLength(0);
    child().report({ kind: 'ready' });
    expect(voices.available()).toBe(true);
    clock.advance(BEAT_MS);
    const [request] = child().requests;
    expect(request?.pieces.slice(0, 9)).toEqual(Int32Array.of(1, 0, 160, 4, 8000, 80, 1, 160, 160));
    expect(request?.pieces).toHaveLength(120);
    expect(request?.sound).toHaveLength(20 * 240);
  });

  it('asks once at a time, and tells what it is answered', () => {
    const { clock, voices, child, answer, told } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    voices.hear('a', 'us', 20, FRAME);
    clock.advance(2 * BEAT_MS);
    expect(child().requests).toHaveLength(1);
    answer(1, 1, 800, 2, 1, 1600, 1, 0, 2400, 99, 1, 5);
    expect(told).toEqual(['a them on 100', 'a us on 200', 'a them off 300']);
    clock.advance(BEAT_MS);
    expect(child().requests).toHaveLength(2);
  });

  it('says of which sides nothing comes any more, and which are over', () => {
    const { clock, voices, child, answer, told } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    answer(1, 1, 0);
    clock.advance(10 * BEAT_MS);
    expect(child().requests.map(({ stalled }) => stalled)).toEqual([[], [1]]);
    answer(1, 0, 160);
    voices.forget('a');
    clock.advance(BEAT_MS);
    expect(child().requests.at(-1)?.forgotten).toEqual([1, 2]);
    expect(told).toEqual(['a them on 0', 'a them off 20']);
    answer();
    clock.advance(BEAT_MS);
    expect(clock.timers()).toBe(0);
  });

  it('does nothing more when sound still comes after its end', () => {
    const { clock, voices, processes } = setUp();
    voices.close();
    voices.hear('a', 'them', 0, FRAME);
    expect(processes).toHaveLength(0);
    expect(clock.timers()).toBe(0);
  });

  it('ends open talk with its call', () => {
    const { clock, voices, child, answer, told } = setUp();
    for (let i = 0; i < 50; i += 1) voices.hear('a', 'us', 20 * i, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    answer(2, 1, 1600);
    voices.forget('a');
    expect(told).toEqual(['a us on 200', 'a us off 1000']);
  });

  it('starts another process when one ends, and ends open talk where sound was heard last', () => {
    const { clock, voices, processes, child, answer, told } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    answer(1, 1, 0);
    child().exit();
    expect(told).toEqual(['a them on 0', 'a them off 20', 'lost']);
    expect(voices.available()).toBe(false);
    clock.advance(1);
    expect(processes).toHaveLength(2);
    child().exit();
    voices.hear('a', 'them', 20, FRAME);
    clock.advance(99);
    expect(processes).toHaveLength(2);
    clock.advance(1);
    expect(processes).toHaveLength(3);
    voices.hear('a', 'them', 40, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    expect(child().requests[0]?.pieces).toEqual(Int32Array.of(1, 320, 160));
  });

  it('takes a process that does not answer for hung', () => {
    const { clock, voices, processes, child, messages } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    child().report({ kind: 'ready' });
    clock.advance(BEAT_MS);
    const [first] = processes;
    clock.advance(30 * BEAT_MS);
    expect(first?.isKilled()).toBe(false);
    clock.advance(2 * BEAT_MS);
    expect(first?.isKilled()).toBe(true);
    expect(processes).toHaveLength(2);
    expect(messages).toContain('voice activity process hangs');
    first?.report({ kind: 'ready' });
    expect(voices.available()).toBe(false);
  });

  it('gives up once where the native library cannot be loaded', () => {
    const { clock, voices, processes, child, messages, told } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    child().report({ kind: 'failed', detail: 'no such library' });
    child().exit();
    clock.advance(60_000);
    voices.hear('a', 'them', 20, FRAME);
    voices.hear('b', 'them', 20, FRAME);
    expect(processes).toHaveLength(1);
    expect(voices.available()).toBe(false);
    expect(messages).toEqual(['Voices cannot be told from silence on this computer']);
    expect(told).toEqual(['lost']);
    expect(clock.timers()).toBe(0);
  });

  it('gives up where its process dies again and again before it listens', () => {
    const { clock, voices, processes, child } = setUp();
    voices.hear('a', 'them', 0, FRAME);
    for (let i = 0; i < 5; i += 1) {
      child().exit();
      clock.advance(5000);
    }
    expect(processes).toHaveLength(5);
    clock.advance(60_000);
    expect(clock.timers()).toBe(0);
  });
});

describe('voice activity with its real process', () => {
  let folder: string;
  let launch: LaunchVoiceActivity;

  beforeAll(async () => {
    folder = await bundleVoiceActivity();
    launch = launchFrom(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  function listen(launcher: LaunchVoiceActivity) {
    const talk: { side: string; on: boolean; atMs: number }[] = [];
    const { log, messages } = recordingLog();
    const voices = createVoiceActivity({
      clock: systemClock,
      log,
      launch: launcher,
      onTalk: (_, side, on, atMs) => talk.push({ side, on, atMs }),
    });
    onTestFinished(() => voices.close());
    return { voices, talk, messages };
  }

  it('finds who talks when sound ends, and again after a crash', async () => {
    const kills: (() => void)[] = [];
    const { voices, talk } = listen(handlers => {
      const child = launch(handlers);
      kills.push(child.kill);
      return child;
    });
    const speaker = createLocalSpeaker(import.meta.filename);
    const said = encodeMulaw(await speaker.speak('Good morning to all of you.', { name: 'slt' }));
    const say = (fromMs: number): void => {
      for (let at = 0; at < said.length; at += FRAME_SAMPLES) {
        voices.hear('a', 'them', fromMs + at / 8, said.subarray(at, at + FRAME_SAMPLES));
      }
    };
    say(0);
    await until(() => talk.length === 2);
    const [on, off] = talk;
    expect([on?.on, off?.on]).toEqual([true, false]);
    expect((off?.atMs ?? 0) - (on?.atMs ?? 0)).toBeGreaterThan(1000);
    kills[0]?.();
    await until(() => kills.length === 2 && voices.available());
    say(60_000);
    await until(() => talk.length === 4);
    expect(talk[2]?.atMs).toBeGreaterThanOrEqual(60_000);
  });

  it('says so where the model is not there', async () => {
    await rm(`${folder}/silero_vad_v5.onnx`);
    const { voices, messages } = listen(launch);
    voices.hear('a', 'them', 0, FRAME);
    await until(() => messages.length > 0);
    expect(messages).toEqual(['Voices cannot be told from silence on this computer']);
    expect(voices.available()).toBe(false);
  });
});

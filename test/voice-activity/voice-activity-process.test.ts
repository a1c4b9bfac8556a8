import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import {
  renderDigits,
  renderHoldMusic,
  renderRing,
  renderRingback,
} from '../../electron/core/audio/tones.ts';
import { musicLoop } from '../../electron/practice/music.ts';
import type { HelperProcess } from '../../electron/processes/helper-process.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { createSoundBatch } from '../../electron/voice-activity/sound-batch.ts';
import type {
  VoiceActivityReport,
  VoiceActivityRequest,
} from '../../electron/voice-activity/voice-activity-messages.ts';
import { bundleVoiceActivity, launchFrom } from './activity-bundle.ts';

const SAMPLES_PER_MS = 8;
const VOICES = ['rms', 'slt', 'awb', 'kal16'] as const;

let folder: string;
let child: HelperProcess<VoiceActivityRequest>;
let onReport: (report: VoiceActivityReport) => void = () => {};
const speaker = createLocalSpeaker(import.meta.filename);

beforeAll(async () => {
  folder = await bundleVoiceActivity();
  const ready = new Promise<VoiceActivityReport>(resolve => {
    onReport = resolve;
  });
  child = launchFrom(folder)({ onReport: report => onReport(report), onExit: () => {} });
  expect(await ready).toEqual({ kind: 'ready' });
});

afterAll(async () => {
  child.kill();
  await rm(folder, { recursive: true, force: true });
});

type Heard = { readonly talk: { from: number; to: number | null }[] };
let sides = 0;

/** Lets many sides be heard at once, 100 ms by 100 ms. @returns the talk found on each, in ms */
async function listen(sounds: readonly Int16Array[]): Promise<Heard['talk'][]> {
  const first = sides + 1;
  sides += sounds.length;
  const wires = sounds.map(sound => encodeMulaw(sound));
  const found: Heard['talk'][] = sounds.map(() => []);
  const batch = createSoundBatch();
  const step = 5 * FRAME_SAMPLES;
  const longest = Math.max(...wires.map(wire => wire.length));
  for (let at = 0; at < longest + step; at += step) {
    for (const [i, wire] of wires.entries()) {
      for (let from = at; from < Math.min(at + step, wire.length); from += FRAME_SAMPLES) {
        batch.add(first + i, from, wire.subarray(from, from + FRAME_SAMPLES));
      }
    }
    const isLast = at >= longest;
    const numbers = isLast ? sounds.map((_, i) => first + i) : [];
    const report = new Promise<VoiceActivityReport>(resolve => {
      onReport = resolve;
    });
    child.send({ ...batch.take(), stalled: numbers, forgotten: numbers });
    const told = await report;
    if (told.kind !== 'heard') throw new Error(told.kind);
    for (let i = 0; i < told.turns.length; i += 3) {
      const [side = 0, on = 0, place = 0] = told.turns.subarray(i, i + 3);
      const talk = found[side - first];
      if (on === 1) talk?.push({ from: place / SAMPLES_PER_MS, to: null });
      else Object.assign(talk?.at(-1) ?? {}, { to: place / SAMPLES_PER_MS });
    }
  }
  return found;
}

/** Sound with silence before it, and a second of it behind. */
function placed(sound: Int16Array, at: number): Int16Array {
  const all = new Int16Array(at + sound.length + 8000);
  all.set(sound, at);
  return all;
}

function repeated(sound: Int16Array, times: number): Int16Array {
  const all = new Int16Array(sound.length * times);
  for (let i = 0; i < times; i += 1) all.set(sound, i * sound.length);
  return all;
}

/** White noise that is the same every time. */
function noise(peak: number): Int16Array {
  let at = 7;
  return Int16Array.from({ length: 80_000 }, () => {
    at = (at * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.round((at / 2_147_483_648 - 1) * peak);
  });
}

/** Where a text that was spoken can be heard to begin and end, in samples: a voice made here may hum 30 dB softer before it. */
function edges(sound: Int16Array): { from: number; to: number } {
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const isHeard = (sample: number): boolean => Math.abs(sample) > loudest * 0.04;
  return { from: sound.findIndex(isHeard), to: sound.findLastIndex(isHeard) };
}

describe('the process that listens for voices', () => {
  it('finds every voice where it talks, and pauses between', async () => {
    const spoken = await Promise.all(
      VOICES.map(name => speaker.speak('Good morning, this is the front desk.', { name })),
    );
    const starts = [4000, 6111, 8007, 9990];
    const sounds = spoken.map((sound, i) => {
      const start = starts[i] ?? 0;
      const both = new Int16Array(start + 2 * sound.length + 16_000);
      both.set(sound, start);
      both.set(sound, start + sound.length + 8000);
      return both;
    });
    const found = await listen(sounds);
    for (const [i, sound] of spoken.entries()) {
      const { from, to } = edges(sound);
      const start = starts[i] ?? 0;
      const talk = found[i] ?? [];
      expect(talk).toHaveLength(2);
      for (const [turn, { from: began, to: ended }] of talk.entries()) {
        const at = start + turn * (sound.length + 8000);
        expect(Math.abs(began - (at + from) / SAMPLES_PER_MS)).toBeLessThanOrEqual(100);
        expect(Math.abs((ended ?? 0) - (at + to) / SAMPLES_PER_MS)).toBeLessThanOrEqual(100);
      }
    }
  });

  it('hears a single word', async () => {
    const words = await Promise.all(
      ['Yes.', 'No.', 'Okay.'].flatMap(word => VOICES.map(name => speaker.speak(word, { name }))),
    );
    const found = await listen(words.map(word => placed(word, 8000)));
    expect(found.map(talk => talk.length)).toEqual(words.map(() => 1));
  });

  it('takes music, tones, keys and noise for what they are', async () => {
    const sounds = [
      renderRing(),
      renderRingback(),
      renderDigits('1234567890*#1234567890*#'),
      noise(300),
      noise(3000),
      noise(20_000),
      new Int16Array(40_000),
    ];
    expect((await listen(sounds.map(sound => placed(sound, 4000)))).flat()).toEqual([]);
  });

  it('takes no hold music for talk, wherever in a chunk its notes begin', async () => {
    const starts = Array.from({ length: 16 }, (_, i) => 4000 + 16 * i);
    const hold = repeated(renderHoldMusic(), 2);
    const music = repeated(musicLoop(), 2);
    const found = await listen(
      [hold, music].flatMap(sound => starts.map(start => placed(sound, start))),
    );
    expect(found.flat()).toEqual([]);
  });
});

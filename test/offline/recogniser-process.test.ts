import { existsSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findTestRecogniser } from '../../build/recogniser-runtime.mjs';
import type { SoundTranscriber } from '../../electron/core/transcriber.ts';
import {
  createOfflineTranscriber,
  RECOGNISER_PROCESS,
} from '../../electron/offline/offline-transcriber.ts';
import type {
  RecogniserReport,
  RecogniserRequest,
} from '../../electron/offline/recogniser-messages.ts';
import { forkHelpers } from '../../electron/processes/fork-helper.ts';
import type { HelperProcess } from '../../electron/processes/helper-process.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import {
  bundleRecogniser,
  listeningEar,
  packsWith,
  sayTalking,
  spokenFrames,
} from './recogniser-rig.ts';

const SENTENCE = 'Good morning. It has not arrived.';

const found = findTestRecogniser();
const narrow = found?.narrowModelPath;
let folder: string;
let transcriber: SoundTranscriber | undefined;
let running: HelperProcess<RecogniserRequest>[] = [];

/** A transcriber on the real engine, in a process of its own. */
function transcriberOn(modelPath: string, sampleRateHz: number) {
  const launch = forkHelpers(folder)<RecogniserRequest, RecogniserReport>(RECOGNISER_PROCESS);
  const packs = packsWith({
    packId: 'test',
    libraryPath: found?.libraryPath ?? '',
    modelPath,
    sampleRateHz,
  });
  transcriber = createOfflineTranscriber({
    clock: systemClock,
    log: quietLog,
    packs,
    launch: handlers => {
      const child = launch(handlers);
      running.push(child);
      return child;
    },
  });
  return { packs, transcriber };
}

function open(one: SoundTranscriber) {
  const ear = listeningEar();
  const session = one.open(
    { callId: 'call-1', speaker: 'them', language: 'en-US', hints: [] },
    ear.listener,
  );
  return { ...ear, session };
}

beforeAll(async () => {
  folder = await bundleRecogniser();
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  await transcriber?.close();
  transcriber = undefined;
  running = [];
});

describe.skipIf(found === undefined)('the recogniser in a process of its own', () => {
  it('understands a voice on the telephone with a model for another rate, and tells where each word is', async () => {
    const { transcriber: one } = transcriberOn(found?.modelPath ?? '', 16_000);
    const { session, finals, text } = open(one);
    const endMs = sayTalking(session, await spokenFrames(SENTENCE, 1000), 10_000);
    await until(() => finals().length > 0);
    const [first] = finals();
    expect(text()).toBe('good morning it has not arrived');
    expect(first?.wordsAtMs).toHaveLength(text().split(' ').length);
    expect(first?.place?.atMs).toBeGreaterThan(10_900);
    expect(first?.place?.atMs).toBeLessThan(11_400);
    expect(endMs).toBeGreaterThan((first?.place?.atMs ?? 0) + (first?.place?.lengthMs ?? 0));
    await session.close();
  });

  it.skipIf(narrow === undefined)(
    `understands all of it with a model made for the telephone${narrow ? '' : ' (skipped: the folder that holds it is not beside this project)'}`,
    async () => {
      const { transcriber: one } = transcriberOn(narrow ?? '', 8000);
      const { session, finals, text } = open(one);
      sayTalking(session, await spokenFrames(SENTENCE), 0);
      await until(() => finals().length > 0);
      await session.close();
      expect(text()).toBe('good morning it has not arrived');
    },
  );

  it('says again to the next process what the first had not told as final', async () => {
    const { transcriber: one } = transcriberOn(found?.modelPath ?? '', 16_000);
    const { session, told, finals, pieces } = open(one);
    await until(() => told.includes('ready'));
    const frames = await spokenFrames(SENTENCE);
    session.talking(true, 0);
    frames.forEach((frame, i) => {
      session.feed(i * 20, frame);
    });
    await until(() => pieces.length > 0);
    const [partial] = pieces;
    running[0]?.kill();
    await until(() => told.filter(one => one === 'ready').length === 2);
    session.talking(false, frames.length * 20);
    session.feed(frames.length * 20, new Uint8Array(4000).fill(0xff));
    await until(() => finals().length > 0);
    expect(told).toEqual(['ready', 'fault transcript-failed, again', 'ready', 'heard 1']);
    expect(finals()[0]?.id).toBe(partial?.id);
    expect(finals()[0]?.text).toBe('good morning it has not arrived');
  });

  it('gives up a model that cannot be loaded, and says what to do', async () => {
    const model = join(tempFolder(), 'model');
    await cp(found?.modelPath ?? '', model, { recursive: true });
    await writeFile(join(model, 'am/final.mdl'), 'no model at all');
    const { transcriber: one, packs } = transcriberOn(model, 16_000);
    const { told } = open(one);
    await until(() => told.length > 0);
    expect(told).toEqual(['fault pack-failed']);
    expect(packs.condemned).toEqual(['test']);
  });
});

it.runIf(found === undefined)('has no recogniser to test with: npm test fetches it', () => {
  expect(existsSync(folder)).toBe(true);
});

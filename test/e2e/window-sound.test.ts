import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResampler } from '../../electron/audio/resampler.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { findMatch } from '../support/correlation.ts';
import { settledFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { quietLog } from '../support/quiet-log.ts';
import {
  CARD_RATE_HZ,
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const RATE_HZ = 8000;

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');

/** A person of the practice line who talks without waiting. */
const CHATTY = '415 555 0101';

/**
 * The browser's own microphone for tests beeps twice a second. It finds no card that is not of metal by
 * itself, and `plug` brings the virtual one to the formats it knows.
 */
const SWITCHES = ['--use-fake-device-for-media-stream', '--alsa-output-device=plug:default'];

/** Samples of speech or a beep are as loud now and then. */
const LOUD = 1500;

type Snapshot = {
  readonly calls: readonly { readonly sid: string }[];
  readonly sound: {
    readonly path: string;
    readonly input: { readonly status: string };
    readonly output: { readonly status: string };
  };
};

describe.runIf(hasVirtualSoundCard())('sound through the window', () => {
  let practice: PracticeLine;
  let card: VirtualSoundCard;
  let data: Awaited<ReturnType<typeof settledFolder>>;
  let console: ConsoleWindow;

  beforeEach(async () => {
    // In a worker, as in the app: a synthesiser on this thread would hold up the caller's frames.
    const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
    practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech });
    card = await openVirtualSoundCard();
    data = await settledFolder({ soundPath: 'window' });
    const port = await freePort();
    const env = {
      ...card.env,
      ...reachedAccount(practice, port),
    };
    console = await openConsole(data.path, env, SWITCHES);
  });

  afterEach(async () => {
    await console.kill();
    await practice.close();
    await card.close();
    await data.remove();
  });

  function snapshot(): Promise<Snapshot> {
    return console.page.evaluate(() => {
      const { earshot } = window as unknown as {
        earshot: { snapshot: () => Promise<Snapshot> };
      };
      return earshot.snapshot();
    });
  }

  function openSides(): Promise<string> {
    return snapshot().then(
      ({ sound }) => `${sound.path} ${sound.input.status} ${sound.output.status}`,
    );
  }

  /** What comes of asking for the camera, of which the browser has one for tests, too. */
  function camera(): Promise<string> {
    return console.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      ),
    );
  }

  async function dial(number: string): Promise<string> {
    const { page } = console;
    await page.getByRole('button', { name: 'Dial, search or command' }).click();
    await page.locator('[cmdk-input]').fill(number);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    const sid = (await snapshot()).calls.at(-1)?.sid;
    if (sid === undefined) throw new Error('the call has no sid');
    return sid;
  }

  // Where the virtual card may not go first the browser may find it stopped on a busy computer.
  it('plays what a caller says, lets them hear the microphone, outlives a reload, and closes', async () => {
    await expect.poll(openSides).toBe('window ready ready');
    expect(await camera()).toBe('NotAllowedError');
    const recording = await card.record();
    const sid = await dial(CHATTY);
    await expect.poll(openSides).toBe('window open open');
    await wait(5000);
    const said = decodeMulaw(encodeMulaw(practice.saidBy(sid) ?? new Int16Array(0)));
    const { left } = await recording.stop();
    expect(heardStretches(said, await atPhoneRate(left))).toBeGreaterThan(3);
    expect(loudest(practice.heardBy(sid))).toBeGreaterThan(LOUD);

    await console.page.reload();
    await expect.poll(openSides).toBe('window open open');
    const known = practice.heardBy(sid)?.length ?? 0;
    await expect.poll(() => loudest(practice.heardBy(sid)?.subarray(known))).toBeGreaterThan(LOUD);

    await console.page.getByRole('button', { name: /^Hang up/ }).click();
    await expect.poll(openSides).toBe('window ready ready');
  });
});

/** How many fifths of a second in which somebody spoke are found again, unchanged and at one shift. */
function heardStretches(said: Int16Array, heard: Int16Array): number {
  const length = RATE_HZ / 5;
  const lags = new Map<number, number>();
  for (let at = 0; at + length < said.length; at += length) {
    if (loudest(said.subarray(at, at + length)) < LOUD) continue;
    const { lag, correlation } = findMatch(said, heard, at, length);
    // A quiet frame that is left out to catch up moves what follows.
    const place = Math.round(lag / RATE_HZ);
    if (correlation > 0.95) lags.set(place, (lags.get(place) ?? 0) + 1);
  }
  return Math.max(0, ...lags.values());
}

function loudest(samples: Int16Array | null | undefined): number {
  let peak = 0;
  for (const sample of samples ?? []) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

async function atPhoneRate(samples: Int16Array): Promise<Int16Array> {
  const resampler = await createResampler(CARD_RATE_HZ, RATE_HZ);
  const pieces: number[] = [];
  for (let at = 0; at < samples.length; at += 960) {
    pieces.push(...resampler.convert(samples.subarray(at, at + 960)));
  }
  resampler.close();
  return Int16Array.from(pieces);
}

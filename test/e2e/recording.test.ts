import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWav as readLeft } from '../../electron/core/audio/wav.ts';
import type { Outcome } from '../../electron/core/outcome.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { findMatch } from '../support/correlation.ts';
import { dataFolder, settledFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { quietLog } from '../support/quiet-log.ts';
import { answerSaveSheet } from '../support/save-sheet.ts';
import { readWav } from '../support/sound-file.ts';
import {
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');
const RATE_HZ = 8000;

/** Samples of speech are as loud now and then. */
const LOUD = 1500;

describe.runIf(hasVirtualSoundCard())('a call that is recorded', () => {
  let practice: PracticeLine;
  let card: VirtualSoundCard;
  let data: Awaited<ReturnType<typeof settledFolder>>;
  let elsewhere: Awaited<ReturnType<typeof dataFolder>>;
  let env: Record<string, string>;
  let console: ConsoleWindow;

  beforeEach(async () => {
    // In a worker, as in the app: a synthesiser on this thread would hold up the caller's frames.
    const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
    practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech });
    card = await openVirtualSoundCard();
    data = await settledFolder();
    elsewhere = await dataFolder();
    const port = await freePort();
    env = {
      ...card.env,
      ...reachedAccount(practice, port),
    };
    console = await openConsole(data.path, env);
  });

  afterEach(async () => {
    await console.kill();
    await practice.close();
    await card.close();
    await data.remove();
    await elsewhere.remove();
  });

  const button = (name: string | RegExp) =>
    console.page.getByRole('button', { name, exact: typeof name === 'string' });
  const bar = () => console.page.locator('.rewind-bar');
  const mark = () => console.page.locator('.recording-mark').textContent();
  const rail = (view: string) => console.page.locator(`.rail [data-view=${view}]`).click();

  /** The caller rings, and is answered. Resolves to the call's SID. */
  async function answered(): Promise<string> {
    const { page } = console;
    await page.locator('.line-status[data-line=ready]').waitFor();
    const { callSid } = await practice.ringIn();
    await button('Answer').click();
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    return callSid;
  }

  async function hungUp(): Promise<void> {
    await button('Hang up').click();
    await console.page.getByText('You hung up.').waitFor();
  }

  /** A number in a slider's state. */
  async function placeIn(slider: string): Promise<number> {
    const found = console.page.getByRole('slider', { name: slider, exact: true });
    return Number(await found.getAttribute('aria-valuenow'));
  }

  function recordings(callSid: string): Promise<Outcome<'recordings'>> {
    return console.page.evaluate(sid => {
      const { earshot } = window as unknown as {
        earshot: { run: (command: object) => Promise<Outcome<'recordings'>> };
      };
      return earshot.run({ command: 'recordings', callSid: sid });
    }, callSid);
  }

  async function exported(format: 'wav' | 'mp3'): Promise<string> {
    const path = join(elsewhere.path, `exported.${format}`);
    await answerSaveSheet(console, path);
    await button('Export the recording').click();
    await console.page.getByRole('menuitem', { name: format.toUpperCase() }).click();
    await console.page.getByText(`Saved as exported.${format}.`).waitFor();
    return path;
  }

  /** What is exported is what was said: on the left, where the other side is. */
  async function exportsWell(said: Int16Array): Promise<void> {
    const wav = await readFile(await exported('wav'));
    const { sampleRateHz, samples } = readLeft(wav);
    expect(sampleRateHz).toBe(RATE_HZ);
    expect(likeness(samples, said)).toBeGreaterThan(0.95);
    expect(likeness(readWav(wav).right, said)).toBeLessThan(0.5);
    expect((await stat(await exported('mp3'))).size).toBeGreaterThan(5000);
  }

  it('is rewound while it goes on, heard again afterwards, exported, kept, and deleted', async () => {
    const sid = await answered();
    let { page } = console;
    await page.keyboard.press('r');
    await expect.poll(mark).toMatch(/^▪ REC 00:0/);
    await wait(1500);
    practice.sendDigits(sid, '4');
    await button('Pause recording').click();
    await expect.poll(mark).toBe('‖ REC paused');
    await wait(1200);
    await button('Pause recording').click();
    await expect.poll(mark).toMatch(/^▪ REC/);
    await page.keyboard.press('d');
    await page.getByLabel('Digits sent').waitFor();
    await page.keyboard.press('5');
    await page.keyboard.press('Escape');

    await button(/^Sound of this call: /).click();
    const popover = page.locator('.quality-popover');
    expect(await popover.textContent()).toMatch(/Delay added\d+ ms.*Uneven arrival\d+ ms/);
    await page.keyboard.press('Escape');

    const overview = page.getByRole('slider', { name: 'Go back in this call', exact: true });
    const before = await placeIn('Go back in this call');
    await overview.click({ position: { x: 2, y: 20 } });
    await expect.poll(() => bar().textContent()).toMatch(/You hear .*\d+:\d\d ago · 1×/);
    expect(await placeIn('Go back in this call')).toBeLessThan(before);
    await expect.poll(() => placeIn('Go back in this call')).toBeGreaterThan(0);
    await button('Catch up 1.5×').click();
    await expect.poll(() => bar().textContent()).toContain('1.5×');
    await button('Jump to live').click();
    await expect.poll(() => bar().textContent()).toMatch(/You hear .* now\./);

    await hungUp();
    await rail('history');
    const row = page.locator('[data-list=history] [role=option]').first();
    await expect.poll(() => row.textContent()).toContain('▪');
    await page.getByRole('region', { name: 'Recording' }).waitFor();
    expect(await page.locator('.player-strip canvas[data-strip]').count()).toBe(2);
    await button(/^Marks: \d/).click();
    const marks = await page.getByRole('menuitem').allTextContents();
    expect(marks).toEqual([
      expect.stringMatching(/Keys 4 pressed$/),
      expect.stringMatching(/Recording paused/),
      expect.stringMatching(/Keys 5 sent$/),
    ]);
    await page.keyboard.press('Escape');

    const at = () => placeIn('Place in the recording');
    await page.keyboard.press('p');
    await expect.poll(at).toBeGreaterThanOrEqual(1);
    await button(/^Pause/).waitFor();
    await page.keyboard.press('p');
    await button(/^Play/).waitFor();
    const paused = await at();
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBeGreaterThan(paused + 1);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(at).toBeLessThanOrEqual(paused + 1);
    await page.keyboard.press('Shift+ArrowUp');
    await button('Speed: 1.25×').waitFor();
    const skip = button('Skip silence');
    await skip.click();
    await expect.poll(() => skip.getAttribute('aria-pressed')).toBe('true');

    // The sheet for saving is the system's, which nobody answers here for a package.
    if (!isPackaged) await exportsWell(practice.saidBy(sid) ?? new Int16Array(0));

    await console.quit();
    console = await openConsole(data.path, env);
    ({ page } = console);
    await rail('history');
    await page.getByRole('region', { name: 'Recording' }).waitFor();
    const told = await recordings(sid);
    const path = told.ok ? (told.recordings[0]?.path ?? '') : '';
    expect(existsSync(path)).toBe(true);
    await button('Delete recording').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete recording' }).click();
    await page.getByText('The recording was deleted.').waitFor();
    expect(existsSync(path)).toBe(false);
    const first = page.locator('[data-list=history] [role=option]').first();
    await expect.poll(() => first.textContent()).not.toContain('▪');

    await rail('settings');
    await button('Recording').click();
    await button(/^Calls to record/).click();
    await page.getByRole('menuitemradio', { name: 'All calls' }).click();
    await rail('calls');
    await answered();
    await expect.poll(mark).toMatch(/^▪ REC/);
  });
});

/** How well the stretch of half a second matches that is most like what was said: a pause or a key may cut others. */
function likeness(recorded: Int16Array, said: Int16Array): number {
  const length = RATE_HZ / 2;
  let most = 0;
  for (let at = 0; at + length <= recorded.length; at += length) {
    if (recorded.subarray(at, at + length).every(sample => Math.abs(sample) < LOUD)) continue;
    most = Math.max(most, findMatch(recorded, said, at, length).correlation);
  }
  return most;
}

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Twilio } from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { look } from '../support/look.ts';
import { quietLog } from '../support/quiet-log.ts';
import { runFromPage } from './from-page.ts';

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');
const ELSEWHERE = 'https://example.com/voice';

let practice: PracticeLine;
let client: Twilio;
let data: Awaited<ReturnType<typeof dataFolder>>;
let console: ConsoleWindow;
let port: number;

beforeEach(async () => {
  const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
  practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech });
  client = createRestClient({ ...practice, apiKey: null }, systemClock, Math.random);
  await client.incomingPhoneNumbers(await numberSid()).update({ voiceUrl: ELSEWHERE });
  data = await dataFolder();
  port = await freePort();
  console = await openConsole(data.path, {
    PORT: String(port),
    EARSHOT_TWILIO_API_URL: practice.apiUrl,
  });
});

afterEach(async () => {
  await console.kill();
  await practice.close();
  await data.remove();
});

async function numberSid(): Promise<string> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: practice.number });
  return number?.sid ?? '';
}

async function voiceUrl(): Promise<string> {
  return (await client.incomingPhoneNumbers(await numberSid()).fetch()).voiceUrl;
}

/** Shows the window in dark colours; the page is told a moment after the setting. */
async function showInDark(page: Page): Promise<void> {
  const settings = { theme: 'dark' };
  expect(await runFromPage(page, { command: 'change-settings', settings })).toEqual({ ok: true });
  await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
}

async function picture(name: string): Promise<void> {
  expect(await look(console, `first-run-${name}`)).toEqual([]);
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

const status = (page: Page) => page.locator('main.panel').getAttribute('data-status');

describe('the first run, from no account to the first real call', () => {
  it('checks the account, takes the number, is called, and gives the number back on quit', async () => {
    const { page } = console;
    // The practice line rings at the first start, as it does for everybody.
    await button(page, 'Decline').click();
    await page.getByRole('heading', { name: 'Set up Earshot' }).waitFor();
    await picture('line');

    await page.getByText('Twilio account', { exact: true }).click();
    await field(page, 'Account SID').fill(` ${practice.accountSid} `);
    await field(page, 'Auth token').fill('wrong');
    await button(page, 'Check').click();
    await page.getByText('20003', { exact: true }).waitFor();
    await picture('wrong-token');

    await field(page, 'Auth token').fill(practice.authToken);
    await button(page, 'Check').click();
    await page.getByText('Number of this desk').waitFor();
    await picture('numbers');
    await page.getByText('example.com/voice').waitFor();
    await page.getByRole('radio', { name: /\+1 415 555 0100/ }).check();
    await button(page, 'Next').click();

    await page.getByText('My own public address').click();
    await field(page, 'Address').fill(`http://127.0.0.1:${port}/`);
    await picture('address');
    await button(page, 'Use this number').click();
    await page.locator('[data-result=ready]').nth(3).waitFor();
    await picture('result');
    expect(await voiceUrl()).toBe(`http://127.0.0.1:${port}/voice/webhook`);
    await button(page, 'Done').click();
    await button(page, 'Next').click();
    await picture('sound');
    await button(page, 'Next').click();
    await picture('call');

    const { callSid } = await practice.ringIn();
    await button(page, 'Answer').click();
    await expect.poll(() => status(page)).toBe('live');
    await expect.poll(() => practice.saidBy(callSid)?.length ?? 0).toBeGreaterThan(8000);
    await button(page, 'Hang up').click();
    await page.getByText(/the call is over/).waitFor();
    await picture('finished');
    await button(page, 'Finish').click();
    await page.getByRole('heading', { name: 'No live calls' }).waitFor();
    await picture('idle');
    await showInDark(page);
    await button(page, 'Settings').click();
    await button(page, 'Line').click();
    await page.getByText('What Twilio reported').first().waitFor();
    await picture('account-settings-dark');

    await console.quit();
    expect(await voiceUrl()).toBe(ELSEWHERE);
    expect(practice.alerts().filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is skipped with one press, and stays skipped', async () => {
    const { page } = console;
    await button(page, 'Decline').click();
    await button(page, /^Skip for now/).click();
    await page.getByRole('heading', { name: 'No live calls' }).waitFor();
    await console.quit();
    console = await openConsole(data.path, { PORT: '0' });
    await console.page.getByRole('heading', { name: 'No live calls' }).waitFor();
  });
});

describe('an account on trial', () => {
  it('is told plainly before it is used, and its calls are read and spoken to in words', async () => {
    practice.pretend({ trial: true });
    const { page } = console;
    await button(page, 'Decline').click();
    await page.getByText('Twilio account', { exact: true }).click();
    await field(page, 'Account SID').fill(practice.accountSid);
    await field(page, 'Auth token').fill(practice.authToken);
    await button(page, 'Check').click();
    await page
      .getByText(/trial account/i)
      .first()
      .waitFor();
    await picture('trial');
    await page.getByRole('radio', { name: /\+1 415 555 0100/ }).check();
    await button(page, 'Next').click();
    await page.getByText('My own public address').click();
    await field(page, 'Address').fill(`http://127.0.0.1:${port}`);
    await button(page, 'Use this number').click();
    await page.locator('[data-result=ready]').nth(2).waitFor();
    await button(page, 'Done').click();

    const { callSid } = await practice.ringIn();
    await button(page, 'Answer').click();
    await expect.poll(() => status(page)).toBe('live');
    await page.getByRole('textbox', { name: /^Say to/ }).fill('Good morning from the desk.');
    await page.keyboard.press('Enter');
    await page.getByText('Good morning from the desk.').waitFor();
    await practice.say(callSid, 'I never got the second parcel');
    await page
      .getByText(/second parcel/)
      .first()
      .waitFor();
    await picture('trial-call');
    await showInDark(page);
    await picture('trial-call-dark');
    await button(page, 'Hang up').click();
  });
});

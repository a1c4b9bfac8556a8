import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { createWorkerSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { dataFolder, settledFolder } from '../support/data-folder.ts';
import { quietLog } from '../support/quiet-log.ts';
import { answerSaveSheet } from '../support/save-sheet.ts';
import { runFromPage, saveAsFromPage, stateOfPage } from './from-page.ts';

const SPEECH_WORKER = join(import.meta.dirname, '../../out/main/speech-worker.cjs');

/** Linux without a keyring, also on a computer that has one. */
const WITHOUT_KEYRING = ['--password-store=basic'];

let practice: PracticeLine;
let data: Awaited<ReturnType<typeof settledFolder>>;
/** Where the person keeps files. */
let home: Awaited<ReturnType<typeof dataFolder>>;
let console: ConsoleWindow;
let page: Page;

beforeAll(async () => {
  const speech = createSpeech(createWorkerSpeaker(SPEECH_WORKER));
  practice = await createPracticeLine({ clock: systemClock, log: quietLog, speech });
  data = await settledFolder({ practiceRing: false });
  home = await dataFolder();
  const environment = { EARSHOT_TWILIO_API_URL: practice.apiUrl };
  console = await openConsole(data.path, environment, WITHOUT_KEYRING);
  ({ page } = console);
  await page.locator('[data-reach]').first().waitFor();
});

afterAll(async () => {
  await console?.kill();
  await practice?.close();
  await data?.remove();
  await home?.remove();
});

describe.skipIf(isPackaged)('messages to the main process', () => {
  /** What a page that is not the app's own gets for asking. */
  const ask = `window.earshot.snapshot().then(() => 'told', e => String(e))`;
  const preload = join(import.meta.dirname, '../../out/preload/preload.cjs');

  it('come to a problem, never to an effect, when they are hostile', async () => {
    for (const command of [null, [], 'dial', { command: 'dial', to: {} }, { command: 'x' }]) {
      expect((await runFromPage(page, command)).ok, JSON.stringify(command)).toBe(false);
    }
    expect((await stateOfPage(page)).calls).toEqual([]);
  });

  it('are refused from another window, though it shows the same page with the same bridge', async () => {
    const answer = await console.app.evaluate(
      async ({ BrowserWindow }, [script, words]) => {
        const webPreferences = { preload: script, sandbox: true };
        const other = new BrowserWindow({ show: false, webPreferences });
        await other.loadURL('app://earshot/index.html');
        const said: unknown = await other.webContents.executeJavaScript(words);
        other.destroy();
        return said;
      },
      [preload, ask] as const,
    );
    expect(answer).toContain('refused');
  });

  it('are refused from another page in the window, which is told nothing either', async () => {
    // A call that goes on has something to tell all the time.
    await runFromPage(page, { command: 'ring-me' });
    await expect.poll(async () => (await stateOfPage(page)).calls[0]?.status).toBe('ringing');
    await runFromPage(page, { command: 'answer', callId: (await stateOfPage(page)).calls[0]?.id });
    await expect.poll(async () => (await stateOfPage(page)).calls[0]?.status).toBe('live');
    // The second one is of the page's own origin.
    for (const address of ['about:blank', 'app://earshot/assets/']) {
      const [answer, told] = await console.app.evaluate(
        async ({ BrowserWindow }, [url, words]) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          if (contents === undefined) return [];
          await contents.loadURL(url);
          const said: unknown = await contents.executeJavaScript(words);
          const heard: unknown = await contents.executeJavaScript(
            `new Promise(done => {
              window.earshot.onState(() => done('told'));
              window.earshot.onSignals(() => done('told'));
              setTimeout(() => done('nothing'), 500);
            })`,
          );
          return [said, heard];
        },
        [address, ask] as const,
      );
      expect(answer, address).toContain('refused');
      expect(told, address).toBe('nothing');
    }
    await console.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.loadURL('app://earshot/index.html'),
    );
    await page.locator('[data-reach]').first().waitFor();
  });
});

describe.skipIf(isPackaged)('files', () => {
  it('are written only where the person chose, once, and none is read', async () => {
    const callId = (await stateOfPage(page)).calls[0]?.id ?? '';
    const path = join(home.path, 'written.zip');
    const sound = join(home.path, 'sound.wav');
    await writeFile(sound, 'RIFF');
    for (const [command, kind] of [
      [{ command: 'export-diagnostics', path }, 'file-not-written'],
      [{ command: 'export-audit', path, format: 'csv' }, 'file-not-written'],
      [{ command: 'export-transcript', callId, path, format: 'txt' }, 'file-not-written'],
      [{ command: 'export-recording', recordingId: 'r', path, format: 'wav' }, 'file-not-written'],
      [{ command: 'play-file', callId, path: sound }, 'not-available'],
    ] as const) {
      const { ok, problem } = await runFromPage(page, command);
      expect({ ok, kind: problem?.kind }, command.command).toEqual({ ok: false, kind });
    }
    expect(existsSync(path)).toBe(false);
    await answerSaveSheet(console, path);
    expect(await saveAsFromPage(page, 'written.zip')).toBe(path);
    const asked = { command: 'export-diagnostics', path };
    expect(await runFromPage(page, { ...asked, path: sound })).toMatchObject({ ok: false });
    expect(await runFromPage(page, asked)).toEqual({ ok: true });
    await expect.poll(() => existsSync(path)).toBe(true);
    expect(await runFromPage(page, asked)).toMatchObject({ ok: false });
    expect(await readFile(sound, 'utf8')).toBe('RIFF');
  });
});

describe('what the app tells of itself', () => {
  it('lists the licences of its parts, to be searched and read', async () => {
    await page.locator('.rail [data-view=settings]').click();
    await page.getByRole('button', { name: 'About' }).click();
    await page.getByRole('button', { name: 'Licences' }).click();
    const search = page.getByRole('searchbox', { name: 'Search licences' });
    await search.fill('electron');
    await page
      .getByText(/^Electron/)
      .first()
      .click();
    await page.getByText('Permission is hereby granted').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it.skipIf(isPackaged)('goes into a zip, saved where the person says', async () => {
    const path = join(home.path, 'Earshot diagnostics.zip');
    await answerSaveSheet(console, path);
    await page.getByRole('button', { name: 'Save diagnostics' }).click();
    await page.getByText('Saved as Earshot diagnostics.zip.').waitFor();
    const files = unzipSync(await readFile(path));
    expect(Object.keys(files)).toContain('README.txt');
    const { versions } = JSON.parse(strFromU8(files['about.json'] ?? new Uint8Array()));
    expect(versions.electron).toMatch(/^\d+\./);
    const state = strFromU8(files['state.json'] ?? new Uint8Array());
    expect(state).toContain('"live"');
    expect(state).not.toContain('Dana');
  });
});

describe.runIf(process.platform === 'linux' && !isPackaged)(
  'where the system has no safe place for secrets',
  () => {
    /** The files of the data folder in which something stands. */
    async function holding(text: string): Promise<readonly string[]> {
      const entries = await readdir(data.path, { recursive: true, withFileTypes: true });
      const found: string[] = [];
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        // Chromium's own come and go.
        const path = join(entry.parentPath, entry.name);
        const content = await readFile(path, 'latin1').catch(() => '');
        if (content.includes(text)) found.push(path);
      }
      return found;
    }

    it('a key is kept for this run only', async () => {
      expect(
        await console.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend()),
      ).toBe('basic_text');
      const key = 'sk-planted-0123456789';
      const asked = { command: 'set-transcriber-key', transcriber: 'deepgram', key };
      await runFromPage(page, asked);
      expect((await stateOfPage(page)).transcriberKeys.deepgram).toBe('this-run');
      expect(await holding(key)).toEqual([]);
    });

    it('an account is used and never written, which is said', async () => {
      for (const { id } of (await stateOfPage(page)).calls) {
        await runFromPage(page, { command: 'hang-up', callId: id });
      }
      const { accountSid, authToken, number } = practice;
      const account = {
        accountSid,
        authToken,
        number,
        address: { kind: 'none' },
        takeNumber: false,
      };
      const outcome = await runFromPage(page, { command: 'connect-account', ...account });
      expect(outcome).toEqual({ ok: true });
      const { line, problems } = await stateOfPage(page);
      expect(line.kind).toBe('twilio');
      expect(problems.map(({ problem }) => problem.kind)).toContain('secrets-not-kept');
      expect(existsSync(join(data.path, 'account.json'))).toBe(false);
      expect(await holding(authToken)).toEqual([]);
      expect(await holding(accountSid)).toEqual([]);
      // What is written at all is seen.
      expect(await holding('setUpDone')).not.toEqual([]);
    });
  },
);

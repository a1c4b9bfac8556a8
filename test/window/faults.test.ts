import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { startHeadless } from '../support/headless-app.ts';

const PROJECT = join(import.meta.dirname, '../..');

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;

beforeAll(async () => {
  data = await settledFolder();
});

afterAll(async () => {
  await console?.kill();
  await data?.remove();
});

/** Runs words in the page, whichever process draws it now; null while there is none. */
function inPage<Answer>(words: string): Promise<Answer | null> {
  return console.app.evaluate(async ({ BrowserWindow }, script) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return null;
    // Of a page that crashes meanwhile no answer comes.
    const none = new Promise<null>(resolve => setTimeout(() => resolve(null), 5000));
    return Promise.race([contents.executeJavaScript(script), none]);
  }, words);
}

const state = () => inPage<ConsoleState>('window.earshot?.snapshot()');

async function problem(kind: string) {
  return (await state())?.problems.find(standing => standing.problem.kind === kind);
}

/** Waits until the page shows a problem. */
async function told(kind: string): Promise<string> {
  await expect.poll(() => problem(kind), { message: kind }).toBeDefined();
  return (await problem(kind))?.problem.message ?? '';
}

/** The calls that the page draws and the main process has. */
async function liveCalls(): Promise<readonly Call[]> {
  await expect
    .poll(() => inPage(`document.querySelector('main.panel')?.dataset.status`))
    .toBe('live');
  const calls = (await state())?.calls ?? [];
  return calls.filter(call => call.status === 'live' && call.stream);
}

/** Throws in the main process what nobody catches. */
function fail(): Promise<void> {
  return console.app.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted');
    });
  });
}

function crashPage(): Promise<void> {
  return console.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
}

type Boxes = {
  asked: { message: string; detail: string; buttons: string[] }[];
  answer: (button: number) => void;
};

/** Stands in for the person before the system's own boxes, which no test can click. */
function takeBoxes(): Promise<void> {
  return console.app.evaluate(({ dialog }) => {
    const boxes: Boxes = { asked: [], answer: () => {} };
    Object.assign(globalThis, { boxes });
    Object.assign(dialog, {
      showMessageBox: (box: Boxes['asked'][number]) => {
        boxes.asked.push(box);
        return new Promise(resolve => {
          boxes.answer = response => resolve({ response });
        });
      },
    });
  });
}

/** What was asked in boxes so far. */
function asked(): Promise<Boxes['asked']> {
  return console.app.evaluate(() => (globalThis as unknown as { boxes: Boxes }).boxes.asked);
}

function answer(button: number): Promise<void> {
  return console.app.evaluate((_, response) => {
    (globalThis as unknown as { boxes: Boxes }).boxes.answer(response);
  }, button);
}

/** The process of a type, or of a name, that runs now. */
async function pidOf(word: string): Promise<number | undefined> {
  const metrics = await console.app.evaluate(({ app }) => app.getAppMetrics());
  return metrics.find(({ type, name }) => type === word || name === word)?.pid;
}

describe.skipIf(isPackaged)('a call', () => {
  it('goes on whatever process of the app fails, and the person is told', async () => {
    console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
    const { page } = console;
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    expect(await liveCalls()).toHaveLength(1);

    await fail();
    expect(await told('fault')).toContain('Your call goes on.');
    await expect
      .poll(async () => {
        const shown = await page.locator('.banner').getAttribute('data-problem');
        // The newest comes first: one of the sound may have followed.
        if (shown !== 'fault') await page.getByRole('button', { name: /show the next$/ }).click();
        return shown;
      })
      .toBe('fault');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => problem('fault')).toBeUndefined();

    await crashPage();
    expect(await told('window-crashed')).toContain('Your call goes on.');
    expect(await liveCalls()).toHaveLength(1);

    for (const word of ['GPU', 'Earshot sound', 'Earshot voice activity']) {
      await expect.poll(() => pidOf(word), { message: word }).toBeDefined();
      const pid = await pidOf(word);
      process.kill(Number(pid), 'SIGKILL');
      await expect.poll(() => pidOf(word), { message: word }).not.toBe(pid);
      await expect.poll(() => pidOf(word), { message: word }).toBeDefined();
      expect(await liveCalls(), word).toHaveLength(1);
    }
    await told('process-gone');
  });

  it('goes on while the window hangs or crashes again and again, and the person decides', async () => {
    await takeBoxes();
    const before = await pidOf('Tab');
    await console.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('unresponsive');
    });
    expect(await asked()).toMatchObject([{ buttons: ['Wait', 'Load again'] }]);
    await answer(1);
    await expect.poll(() => pidOf('Tab')).not.toBe(before);
    expect(await liveCalls()).toHaveLength(1);
    expect(await problem('window-hung')).toBeUndefined();

    await expect
      .poll(
        async () => {
          await crashPage();
          return (await asked()).length;
        },
        { interval: 200 },
      )
      .toBe(2);
    expect((await asked())[1]).toMatchObject({
      detail: 'Your call goes on. Quitting hangs up.',
      buttons: ['Load again', 'Quit'],
    });
    await answer(0);
    expect(await liveCalls()).toHaveLength(1);
  });

  it('is hung up in order when the app fails three times, which may be opened again', async () => {
    for (let i = 0; i < 3; i += 1) await fail();
    await expect.poll(async () => (await asked()).length).toBe(3);
    expect((await asked())[2]).toMatchObject({ buttons: ['Open again', 'Quit'] });
    const ended = new Promise(resolve => console.app.process().once('exit', resolve));
    await answer(1).catch(() => {});
    await ended;
    expect(existsSync(join(data.path, 'last-run.json'))).toBe(true);
  });
});

describe.skipIf(isPackaged)('a run that did not end in order', () => {
  it('is told at the next start, also after a kill, and not after a clean end', async () => {
    console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
    await told('ended-badly');
    const history = await inPage<{ calls: Call[] }>(
      `window.earshot.run({ command: 'history', query: '', limit: 10 })`,
    );
    expect(history?.calls).toMatchObject([{ reason: 'hung-up-here' }]);
    await console.kill();

    console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
    await told('ended-badly');
    await console.quit();
    expect(existsSync(join(data.path, 'last-run.json'))).toBe(false);

    const headless = startHeadless(data.path, { EARSHOT_LINE: 'practice' });
    await headless.event({ event: 'listening' });
    await headless.run({ command: 'shut-down' });
    await headless.ended;
    expect(headless.lines.filter(line => line['event'] === 'problem-raised')).toEqual([]);
  });
});

describe.skipIf(isPackaged)('an app that cannot start', () => {
  it.each([
    ['what it is given makes no sense', { PORT: 'none' }, 'PORT: '],
    ['nothing can be kept', { EARSHOT_DATA_DIR: import.meta.filename }, 'EARSHOT_DATA_DIR'],
  ])('says why where it was started when %s, and ends by itself', async (_, env, words) => {
    const switches = (process.env['EARSHOT_ELECTRON_SWITCHES'] ?? '').split(' ').filter(Boolean);
    const child = spawn(process.env['EARSHOT_ELECTRON'] ?? '', [...switches, PROJECT], {
      env: { ...process.env, EARSHOT_DATA_DIR: data.path, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', text => {
      errors += text;
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(errors).toContain(words);
  });
});

import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../electron/page-rights.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;
let page: Page;

/** A server nothing of the window may ever reach. */
const asked: string[] = [];
const server = createServer(({ url = '' }, answer) => {
  asked.push(url);
  answer.setHeader('access-control-allow-origin', '*').end('reached');
});
let outside: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  data = await settledFolder();
  console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
  ({ page } = console);
  await page.locator('[data-reach]').first().waitFor();
});

afterAll(async () => {
  await console?.kill();
  server.close();
  await data?.remove();
});

/** Asks for an address as the window's own session does, past every policy of the page. */
function fetchInSession(url: string, method = 'GET'): Promise<string> {
  return console.app.evaluate(
    async ({ session }, [address, verb]) => {
      try {
        const answer = await session.defaultSession.fetch(address, { method: verb });
        return String(answer.status);
      } catch (error) {
        return String(error);
      }
    },
    [url, method] as const,
  );
}

/** How many pages there are in this app, of any kind. */
function pages(): Promise<number> {
  return console.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
}

describe('the page', () => {
  it('comes with the strict policy, which also keeps text from becoming code', async () => {
    const policy = await console.app.evaluate(async ({ session }) => {
      const answer = await session.defaultSession.fetch('app://earshot/index.html');
      return answer.headers.get('content-security-policy');
    });
    expect(policy).toBe(CONTENT_SECURITY_POLICY);
    const made = await page.evaluate(() => {
      const tried = (what: () => unknown): boolean => {
        try {
          what();
          return true;
        } catch {
          return false;
        }
      };
      return {
        html: tried(() => {
          document.createElement('div').innerHTML = '<img src=x>';
        }),
        worker: tried(() => new Worker('./assets/none.js')),
        frames: tried(() => document.body.append(document.createElement('iframe'))),
      };
    });
    expect(made).toMatchObject({ html: false });
    expect(
      await page.evaluate(
        () =>
          new Promise(resolve => {
            document.addEventListener('securitypolicyviolation', event =>
              resolve(event.effectiveDirective),
            );
            const frame = document.createElement('iframe');
            frame.src = 'app://earshot/index.html';
            document.body.append(frame);
          }),
      ),
    ).toBe('frame-src');
    await page.evaluate(() => {
      for (const frame of document.querySelectorAll('iframe')) frame.remove();
    });
  });

  it('runs in a sandbox without Node, without webviews, without files dropped on it', async () => {
    const preferences = await console.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences: () => object;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false);
  });

  it('goes nowhere: not by a link, a form, a script, nor by a file dropped on it', async () => {
    const before = await pages();
    const file = join(data.path, 'dropped.html');
    await writeFile(file, '<title>dropped</title>');
    await page.evaluate(url => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }));
      link.target = '_blank';
      link.click();
      link.download = 'evil.exe';
      link.click();
      link.remove();
      window.open(url);
      window.open('about:blank');
      location.assign(url);
    }, `${outside}/navigated`);
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', {
        type,
        x: 600,
        y: 400,
        data: { items: [], files: [file], dragOperationsMask: 1 },
      });
    }
    await page.waitForTimeout(500);
    expect(page.url()).toBe('app://earshot/index.html');
    expect(await page.locator('[data-reach]').count()).toBeGreaterThan(0);
    expect(await pages()).toBe(before);
    expect(asked).toEqual([]);
  });

  it('gets neither devices nor the screen nor anything else beside sound', async () => {
    const answers = await page.evaluate(async () => {
      const refused = (asking: Promise<unknown>): Promise<string> =>
        asking.then(
          () => 'given',
          () => 'refused',
        );
      return {
        notifications: await Notification.requestPermission(),
        screen: await refused(navigator.mediaDevices.getDisplayMedia()),
        camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
        place: await refused(
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, reject),
          ),
        ),
        clipboard: await refused(navigator.clipboard.readText()),
      };
    });
    expect(answers).toEqual({
      notifications: 'denied',
      screen: 'refused',
      camera: 'refused',
      place: 'refused',
      clipboard: 'refused',
    });
  });
});

describe('the session of the window', () => {
  it('reaches nothing but its own files, whoever asks', async () => {
    expect(await fetchInSession('app://earshot/index.html')).toBe('200');
    for (const url of [`${outside}/fetched`, 'https://example.invalid/']) {
      expect(await fetchInSession(url), url).toContain('ERR_BLOCKED_BY_CLIENT');
    }
    expect(asked).toEqual([]);
  });

  it('shows no other page, not even when the main process is made to ask for it', async () => {
    for (const url of [`${outside}/shown`, 'file:///', 'data:text/html,<p>', 'chrome://gpu']) {
      const shown = await console.app.evaluate(async ({ BrowserWindow }, address) => {
        const window = new BrowserWindow({ show: false });
        const said = await window.loadURL(address).then(
          () => 'shown',
          error => String(error),
        );
        window.destroy();
        return said;
      }, url);
      expect(shown, url).toContain('ERR_BLOCKED_BY_CLIENT');
    }
    expect(asked).toEqual([]);
  });

  it('serves no file but those of the page, however the address is written', async () => {
    for (const path of [
      '../preload/preload.cjs',
      '..%2fpreload%2fpreload.cjs',
      '%2e%2e/main/main.cjs',
      '%252e%252e%252fmain%252fmain.cjs',
      '..\\main\\main.cjs',
      '..%5cmain%5cmain.cjs',
      'index.html%00',
      '%E0%A4%A',
      'INDEX.HTML',
      '/index.html',
      'assets/',
      '',
    ]) {
      expect(await fetchInSession(`app://earshot/${path}`), path).toBe('404');
    }
    expect(await fetchInSession('app://elsewhere/index.html')).not.toBe('200');
    expect(await fetchInSession('app://earshot/index.html', 'POST')).toBe('404');
  });
});

describe('messages to the main process', () => {
  /** What a page that is not the app's own gets for asking. */
  const answerTo = (): string => `window.earshot.snapshot().then(() => 'told', e => String(e))`;

  it('are refused from another window, though it has the same bridge', async () => {
    const answer = await console.app.evaluate(
      async ({ BrowserWindow }, [preload, ask]) => {
        const other = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true },
        });
        await other.loadURL('app://earshot/assets/');
        const said: unknown = await other.webContents.executeJavaScript(ask);
        other.destroy();
        return said;
      },
      [join(import.meta.dirname, '../../out/preload/preload.cjs'), answerTo()] as const,
    );
    expect(answer).toContain('refused');
  });

  it('are refused from another page in the window, which is told nothing either', async () => {
    // A call that goes on has something to tell all the time.
    await page.evaluate(async () => {
      type Told = { readonly calls: readonly { readonly id: string; readonly status: string }[] };
      const { earshot } = window as unknown as {
        earshot: { run: (command: object) => Promise<object>; snapshot: () => Promise<Told> };
      };
      await earshot.run({ command: 'ring-me' });
      for (;;) {
        const { calls } = await earshot.snapshot();
        if (calls.some(({ status }) => status === 'live')) return;
        const ringing = calls.find(({ status }) => status === 'ringing');
        if (ringing) await earshot.run({ command: 'answer', callId: ringing.id });
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    });
    const [answer, told] = await console.app.evaluate(async ({ BrowserWindow }, ask) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) return [];
      await contents.loadURL('about:blank');
      const said: unknown = await contents.executeJavaScript(ask);
      const heard: unknown = await contents.executeJavaScript(
        `new Promise(done => {
          window.earshot.onState(() => done('told'));
          window.earshot.onSignals(() => done('told'));
          setTimeout(() => done('nothing'), 500);
        })`,
      );
      await contents.loadURL('app://earshot/index.html');
      return [said, heard];
    }, answerTo());
    expect(answer).toContain('refused');
    expect(told).toBe('nothing');
  });
});

describe('secrets', () => {
  it.skipIf(process.platform !== 'linux')(
    'are kept for this run only where the system has no safe place for them',
    async () => {
      const key = 'sk-planted-0123456789';
      const keys = await page.evaluate(async planted => {
        const { earshot } = window as unknown as {
          earshot: {
            run: (command: object) => Promise<object>;
            snapshot: () => Promise<{ transcriberKeys: { deepgram: string | null } }>;
          };
        };
        const asked = { command: 'set-transcriber-key', transcriber: 'deepgram', key: planted };
        await earshot.run(asked);
        return (await earshot.snapshot()).transcriberKeys.deepgram;
      }, key);
      const isUnsafe = await console.app.evaluate(({ safeStorage }) =>
        ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()),
      );
      if (isUnsafe) expect(keys).toBe('this-run');
      const entries = await readdir(data.path, { recursive: true, withFileTypes: true });
      const files = entries.filter(entry => entry.isFile());
      expect(files.length).toBeGreaterThan(0);
      for (const { parentPath, name } of files) {
        // Chromium's own come and go.
        const content = await readFile(join(parentPath, name), 'latin1').catch(() => '');
        expect(content.includes(key), name).toBe(false);
      }
    },
  );
});

describe('what the app tells of itself', () => {
  it('lists the licences of its parts, to be searched and read', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'About' }).click();
    await page.getByRole('button', { name: 'Licences' }).click();
    const field = page.getByRole('searchbox', { name: 'Search licences' });
    await field.fill('electron');
    await page
      .getByText(/^Electron/)
      .first()
      .click();
    await page.getByText('Permission is hereby granted').first().waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('links to telephone numbers', () => {
  it('only fill the palette: nobody is called', async () => {
    await page.locator('[data-reach]').first().waitFor();
    const offer = (link: string) =>
      console.app.evaluate(({ app }, word) => {
        app.emit('second-instance', {}, ['earshot', '--flag', word], '/', {});
      }, link);
    await offer('tel:*21*14155550107#');
    await offer('tel:+1-415-555-0107;ext=12');
    const field = page.locator('[cmdk-input]');
    await expect.poll(() => field.inputValue()).toMatch(/^\+1\D*415\D*555\D*0107$/);
    await page.getByText('extension 12').waitFor();
    await offer('tel:+14155550180');
    await expect.poll(() => field.inputValue()).toContain('0180');
    const calls = await page.evaluate(async () => {
      const { earshot } = window as unknown as {
        earshot: { snapshot: () => Promise<{ calls: { direction: string }[] }> };
      };
      return (await earshot.snapshot()).calls.filter(call => call.direction === 'outbound');
    });
    expect(calls).toEqual([]);
  });
});

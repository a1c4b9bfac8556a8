import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../electron/shell/page-rights.ts';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;
let page: Page;

/** A server nothing of the window may ever reach; not by bare connections either. */
const asked: string[] = [];
const server = createServer(({ url = '' }, answer) => {
  asked.push(url);
  answer.setHeader('access-control-allow-origin', '*').end('reached');
});
let outside: string;

beforeAll(async () => {
  server.on('connection', () => asked.push('a connection'));
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
        return `${answer.status} ${answer.headers.get('content-security-policy')}`;
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

describe.skipIf(isPackaged)('the page', () => {
  it('comes with the strict policy, which also keeps text from becoming code', async () => {
    expect(await fetchInSession('app://earshot/index.html')).toBe(`200 ${CONTENT_SECURITY_POLICY}`);
    const broken = await page.evaluate(async url => {
      /** What the policy says against something, once it said so; and whether it was done all the same. */
      const against = async (what: () => unknown): Promise<readonly string[]> => {
        const said = new Set<string>();
        const over = new AbortController();
        await new Promise<void>(resolve => {
          const listen = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
            said.add(effectiveDirective);
            // More is said of the same in the same breath.
            setTimeout(resolve, 50);
          };
          document.addEventListener('securitypolicyviolation', listen, { signal: over.signal });
          try {
            what();
          } catch {
            said.add('thrown');
          }
        });
        over.abort();
        return [...said].sort();
      };
      const added = <Name extends 'iframe' | 'script' | 'img'>(name: Name, source: string) => {
        const element = document.createElement(name);
        element.setAttribute('src', source);
        document.body.append(element);
        element.remove();
      };
      return {
        html: await against(() => {
          document.createElement('div').innerHTML = '<img src=x>';
        }),
        code: await against(() => {
          document.createElement('script').textContent = 'window.broken = true';
        }),
        words: await against(() => new Function('window.broken = true')()),
        worker: await against(() => new Worker('./assets/none.js')),
        frame: await against(() => added('iframe', 'app://earshot/index.html')),
        picture: await against(() => added('img', `${url}/picture`)),
        request: await against(() => void fetch(url).catch(() => {})),
        broken: 'broken' in window,
      };
    }, outside);
    const text = ['require-trusted-types-for', 'thrown'];
    expect(broken).toEqual({
      html: text,
      code: text,
      words: text,
      worker: text,
      frame: ['frame-src'],
      picture: ['img-src'],
      request: ['connect-src'],
      broken: false,
    });
    expect(asked).toEqual([]);
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
      link.id = 'everywhere';
      link.href = url;
      link.style.cssText = 'position:fixed;inset:0;z-index:9';
      document.body.append(link);
      link.click();
      link.target = '_blank';
      link.click();
      window.open(url);
      window.open('about:blank');
      location.assign(url);
    }, `${outside}/navigated`);
    const session = await page.context().newCDPSession(page);
    const at = { x: 600, y: 400 };
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      const click = { ...at, type, button: 'middle', clickCount: 1 } as const;
      await session.send('Input.dispatchMouseEvent', click);
    }
    await page.evaluate(() => document.getElementById('everywhere')?.remove());
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const dropped = { items: [], files: [file], dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { ...at, type, data: dropped });
    }
    await page.waitForTimeout(500);
    expect(page.url()).toBe('app://earshot/index.html');
    expect(await page.locator('[data-reach]').count()).toBeGreaterThan(0);
    expect(await pages()).toBe(before);
    expect(asked).toEqual([]);
  });

  it('downloads nothing, also where nothing is fetched for it', async () => {
    type Watched = { downloads?: { scheme: string; prevented: boolean }[] };
    await console.app.evaluate(({ session }) => {
      const seen: NonNullable<Watched['downloads']> = [];
      (globalThis as Watched).downloads = seen;
      session.defaultSession.on('will-download', (event, item) => {
        seen.push({ scheme: new URL(item.getURL()).protocol, prevented: event.defaultPrevented });
        if (!event.defaultPrevented) item.cancel();
      });
    });
    const seen = () => console.app.evaluate(() => (globalThis as Watched).downloads);
    for (const [count, scheme] of ['data:', 'blob:', 'app:'].entries()) {
      await page.evaluate(kind => {
        const link = document.createElement('a');
        link.href = { 'data:': 'data:text/plain,x', 'app:': location.href }[kind] ?? '';
        if (kind === 'blob:') link.href = URL.createObjectURL(new Blob(['x']));
        link.download = 'evil.exe';
        link.click();
      }, scheme);
      await expect.poll(async () => (await seen())?.[count]).toEqual({ scheme, prevented: true });
    }
  });
});

describe.skipIf(isPackaged)('the session of the window', () => {
  it('reaches nothing but its own files, whoever asks', async () => {
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
    // What is not there comes with the policy too: its address is of the page's own origin.
    const nothing = `404 ${CONTENT_SECURITY_POLICY}`;
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
      expect(await fetchInSession(`app://earshot/${path}`), path).toBe(nothing);
    }
    expect(await fetchInSession('app://elsewhere/index.html')).not.toMatch(/^200/);
    expect(await fetchInSession('app://earshot/index.html', 'POST')).toBe(nothing);
  });
});

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkPackedApp, executableIn, fuseFaults } from '../../build/package/check.mjs';
import { readFuses } from '../../build/package/fuses.mjs';
import { findTestRecogniser } from '../../build/recogniser-runtime.mjs';
import { settledFolder } from '../support/data-folder.ts';
import { type RunningApp, startApp } from '../support/installed-app.ts';
import { layPack } from '../support/offline-pack.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { program, updateServer } from '../updates/update-server.ts';
import { type InstalledApp, installApp } from './install-app.ts';

const PROJECT = join(import.meta.dirname, '../..');

const isRoot = process.getuid?.() === 0;

const isLinux = process.platform === 'linux';

/** The kinds of computer that packages are made for. */
const SYSTEMS = ['linux-x64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];
const canPackage = SYSTEMS.includes(`${process.platform}-${process.arch}`);

/** Where an app keeps its own. */
const RESOURCES = process.platform === 'darwin' ? 'Earshot.app/Contents/Resources' : 'resources';

/** The native parts that the main job takes. */
const MAIN_JOB_PARTS = [
  '@photostructure+sqlite.glibc.node',
  'libonnxruntime.so.1',
  'libportaudio.so.2',
  'naudiodon.node',
  'onnxruntime_binding.node',
];

let installed: InstalledApp;
let app: RunningApp | undefined;

beforeAll(async () => {
  if (canPackage) installed = await installApp();
});

afterEach(() => app?.kill());

afterAll(() => installed?.remove());

/** Opens the moved app. @param more variables of its environment */
async function open(
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  app = await startApp(installed.moved, dataDir, more);
  return app;
}

/** Has the moved app take itself for what lies in an AppImage, and look for updates on a server. */
function asAppImage(url: string): { readonly file: string; readonly env: Record<string, string> } {
  const folder = tempFolder();
  const file = join(folder, 'Earshot.AppImage');
  writeFileSync(file, program('0.0.1'), { mode: 0o755 });
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const feed = join(installed.moved, RESOURCES, 'app-update.yml');
  writeFileSync(feed, `provider: generic\nurl: ${url}\nupdaterCacheDirName: earshot-updater\n`);
  onTestFinished(() => rmSync(feed));
  return { file, env: { APPIMAGE: file, APPDIR: installed.moved, XDG_CACHE_HOME: cache } };
}

async function openAbout(page: Page): Promise<void> {
  await page.locator('.rail [data-view=settings]').click();
  await page.getByRole('button', { name: 'About' }).click();
}

/** Looks for a newer version, as a person does, until it is told as the status says. */
async function checkForUpdates(page: Page, status: string): Promise<void> {
  await openAbout(page);
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.locator(`[data-update=${status}]`).waitFor();
}

/** Hangs up; right after an answer a press is taken for a slip, so it is pressed until it is over. */
async function hangUp(page: Page): Promise<void> {
  const press = page.getByRole('button', { name: 'Hang up', exact: true });
  const isOver = async (): Promise<boolean> => {
    await press.click({ timeout: 1000 }).catch(() => {});
    return page.getByText('You hung up.').isVisible();
  };
  await expect.poll(isOver).toBe(true);
}

/** Waits until the waveform of the other side shows something loud: bars away from its middle. */
async function waveformMoves(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('main canvas[data-waveform="them"]');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || canvas.width === 0) return false;
    const upper = context.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.4));
    return upper.data.some((value, i) => i % 4 === 3 && value > 0);
  });
}

/** Waits for words of the call that will not change any more. */
function finalWords(page: Page): Promise<void> {
  return page.locator('.transcript-log [data-final=true]').first().waitFor();
}

/** What the processes of the app have loaded of its native parts. */
function ownParts({ libraries }: RunningApp): string[] {
  const paths = libraries().filter(path => path.includes('node_modules/'));
  const home = join(installed.moved, RESOURCES, 'app.asar.unpacked/');
  expect(paths.filter(path => !path.startsWith(home))).toEqual([]);
  return paths.map(path => basename(path)).sort();
}

describe.skipIf(!canPackage)('an installed package', () => {
  it('holds what the rules and the budget allow', async () => {
    expect(await checkPackedApp(installed.moved)).toMatch(/electron +\d/);
  });

  it('has every fuse as it should be, in the program that was installed', async () => {
    const fuses = await readFuses(executableIn(installed.moved));
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: !isLinux,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(fuseFaults(fuses)).toEqual([]);
  });

  it.runIf(isLinux)('is refused when a fuse was left as Electron ships it', async () => {
    const program = join(tempFolder(), 'earshot');
    copyFileSync(join(installed.moved, 'earshot'), program);
    await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true });
    expect(fuseFaults(await readFuses(program))).toEqual(['the fuse runAsNode must be off']);
  });

  it.runIf(isLinux)(
    'is laid out as Debian wants it: menu entry, icon, and the sandbox helper',
    () => {
      const { root, moved } = installed;
      const entry = readFileSync(join(root, 'usr/share/applications/earshot.desktop'), 'utf8');
      expect(entry).toContain('MimeType=x-scheme-handler/tel;');
      const icon = readFileSync(join(root, 'usr/share/icons/hicolor/512x512/apps/earshot.png'));
      expect(icon.equals(readFileSync(join(PROJECT, 'build/package/icon/sizes/512x512.png')))).toBe(
        true,
      );
      expect(lstatSync(join(root, 'usr/bin/earshot')).isSymbolicLink()).toBe(true);
      expect(statSync(join(moved, 'chrome-sandbox')).mode & 0o111).toBe(0o111);
    },
  );

  it.runIf(isLinux && isRoot)('is known to dpkg, and its sandbox helper may start as root', () => {
    const { root, moved } = installed;
    expect(statSync(join(moved, 'chrome-sandbox')).mode & 0o7777).toBe(0o4755);
    const status = execFileSync('dpkg', ['--root', root, '--status', 'earshot']).toString();
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    expect(status).toContain('Status: install ok unpacked');
    expect(status).toContain(`Version: ${version.replace('-', '~')}`);
  });

  it('loads each of its native parts from where it was moved to', async () => {
    const home = join(installed.moved, RESOURCES, 'app.asar.unpacked/node_modules');
    const parts = (await readdir(home, { recursive: true })).filter(name => name.endsWith('.node'));
    expect(parts.map(name => basename(name).replace(/^ngrok\..*/, 'ngrok')).sort()).toEqual([
      '@photostructure+sqlite.glibc.node',
      'koffi.node',
      'naudiodon.node',
      'ngrok',
      'onnxruntime_binding.node',
    ]);
    for (const part of parts) {
      const script = 'process.dlopen({ exports: {} }, process.argv[1])';
      execFileSync(process.execPath, ['-e', script, join(home, part)], { cwd: '/', stdio: 'pipe' });
    }
  });

  it('does the main job: rings, is answered, seen and read, hung up, and kept', async () => {
    const data = await settledFolder();
    let running = await open(data.path);
    await running.page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(running.page);
    await finalWords(running.page);
    if (isLinux) await expect.poll(() => ownParts(running)).toEqual(MAIN_JOB_PARTS);
    await running.page.getByRole('button', { name: 'Hang up', exact: true }).click();
    await running.page.getByText('You hung up.').waitFor();
    expect(await running.quit()).toBe(0);

    running = await open(data.path);
    await running.page.getByRole('button', { name: 'History' }).click();
    const rows = running.page.locator('[data-list=history] [role=option]');
    await expect.poll(() => rows.first().textContent()).toContain('Dana Reyes');
    expect(await running.quit()).toBe(0);
    await data.remove();
  });

  it.runIf(isLinux)(
    'finds, fetches and verifies a newer version, and is it after a quit',
    async () => {
      const server = await updateServer();
      server.publish('9.0.0', { more: 'releaseNotes: "<p>Calls are clearer.</p>"' });
      const { file, env } = asAppImage(server.url);
      const data = await settledFolder();
      const running = await open(data.path, env);
      await running.page.getByRole('button', { name: 'Answer', exact: true }).click();
      await running.page.getByRole('button', { name: 'Hang up', exact: true }).waitFor();
      await checkForUpdates(running.page, 'available');
      // Beside a call nothing is fetched.
      expect(server.requests.filter(({ url }) => url?.includes('.AppImage'))).toEqual([]);
      await running.page.keyboard.press('Escape');
      await hangUp(running.page);
      await openAbout(running.page);
      await running.page.locator('[data-update=ready]').waitFor();
      await running.page.getByText('Calls are clearer.').waitFor();
      expect(readFileSync(file, 'utf8')).toBe(program('0.0.1'));
      expect(await running.quit()).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(program('9.0.0'));
      await data.remove();
    },
  );

  it.runIf(isLinux)('gives way to the newer version when a person restarts to update', async () => {
    const server = await updateServer();
    server.publish('9.0.0');
    const { file, env } = asAppImage(server.url);
    const data = await settledFolder({ practiceRing: false });
    const running = await open(data.path, env);
    const gone = running.page.waitForEvent('close');
    await checkForUpdates(running.page, 'ready');
    await running.page.getByRole('button', { name: 'Restart to update' }).click();
    await gone;
    await expect.poll(() => existsSync(join(file, '../started'))).toBe(true);
    expect(readFileSync(join(file, '../started'), 'utf8')).toBe('9.0.0');
    expect(readFileSync(file, 'utf8')).toBe(program('9.0.0'));
    // Its processes end by themselves.
    await expect.poll(() => running.libraries()).toEqual([]);
    expect(await running.quit()).toBe(0);
    // Left behind, it would keep the newer version from starting.
    expect(await readdir(data.path)).not.toContain('SingletonLock');
    await data.remove();
  });

  it.runIf(isLinux)('refuses a newer version that somebody changed', async () => {
    const server = await updateServer();
    server.publish('9.0.0', { served: program('9.0.0').replace('printf', 'prantf') });
    const { file, env } = asAppImage(server.url);
    const data = await settledFolder({ practiceRing: false });
    const running = await open(data.path, env);
    await checkForUpdates(running.page, 'failed');
    expect(await running.quit()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(program('0.0.1'));
    await data.remove();
  });

  it.skipIf(findTestRecogniser() === undefined)('writes a call down by itself', async () => {
    const practice = { by: 'offline' as const, language: 'en-US', hints: [] };
    const twilio = { by: null, language: 'en-US', hints: [] };
    const data = await settledFolder({ transcripts: { practice, twilio } });
    await layPack(join(data.path, 'packs'));
    const running = await open(data.path);
    await running.page.getByRole('button', { name: 'Answer', exact: true }).click();
    await finalWords(running.page);
    if (isLinux) expect(ownParts(running)).toContain('koffi.node');
    expect(await running.quit()).toBe(0);
    await data.remove();
  });
});

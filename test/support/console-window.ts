import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { startApp } from './installed-app.ts';

const PROJECT = join(import.meta.dirname, '../..');

/**
 * Keeps Electron from being ready until Playwright is attached, which it does by itself only where it
 * chooses the executable: a window that opens in the same moment would leave it waiting for ever.
 */
const HOLD = join(PROJECT, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** What a page does not show for so long it never will; shorter than any test may take, so that the place is told. */
const PATIENCE_MS = 45_000;

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an installed app that is tried instead of the one built here. */
    installedApp?: string;
  }
}

/** A running app with its window. */
export type ConsoleWindow = {
  readonly page: Page;
  /** The inside of the main process. Throws for a package, which lets nobody in. */
  readonly app: ElectronApplication;
  /** Quits the way a person does, and waits until it has ended. */
  readonly quit: () => Promise<void>;
  /** Ends the process at once, as a crash would. */
  readonly kill: () => Promise<void>;
};

/** The folder of an installed package whose window is opened instead of that of the app built here: see test/package/given-app. */
const installed = inject('installedApp');

/** Whether an installed package is opened: what looks into the main process cannot be tried then. */
export const isPackaged = installed !== undefined;

/**
 * Opens the app in the real Electron.
 * @param env variables beside those of this process @param switches words for Chromium
 */
export async function openConsole(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  switches: readonly string[] = [],
): Promise<ConsoleWindow> {
  const console =
    installed === undefined
      ? await openBuilt(dataDir, env, switches)
      : await openInstalled(installed, dataDir, env, switches);
  console.page.setDefaultTimeout(PATIENCE_MS);
  return console;
}

/** Opens what was built here, with its main process within reach. */
async function openBuilt(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  switches: readonly string[],
): Promise<ConsoleWindow> {
  const executablePath = process.env['EARSHOT_ELECTRON'];
  if (executablePath === undefined) throw new Error('EARSHOT_ELECTRON is not set: use npm test');
  const needed = (process.env['EARSHOT_ELECTRON_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const app = await _electron.launch({
    executablePath,
    // Left alone: Playwright would show every page in light colours.
    colorScheme: null,
    args: ['-r', HOLD, ...needed, ...switches, PROJECT],
    env: { ...inherited, PORT: '0', EARSHOT_DATA_DIR: dataDir, ...env },
  });
  const page = await app.firstWindow();
  const child = app.process();
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  return {
    app,
    page,
    quit: async () => {
      await app.evaluate(({ app: electron }) => electron.quit()).catch(() => {});
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Opens what was installed, as somebody who has only its window. */
async function openInstalled(
  folder: string,
  dataDir: string,
  env: Readonly<Record<string, string>>,
  switches: readonly string[],
): Promise<ConsoleWindow> {
  const { page, quit, kill } = await startApp(folder, dataDir, env, switches);
  await page.emulateMedia({ colorScheme: null });
  return {
    page,
    get app(): never {
      throw new Error('the inside of a package cannot be reached');
    },
    quit: async () => {
      await quit();
    },
    kill,
  };
}

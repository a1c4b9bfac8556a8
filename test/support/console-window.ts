import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const PROJECT = join(import.meta.dirname, '../..');

/**
 * Keeps Electron from being ready until Playwright is attached, which it does by itself only where it
 * chooses the executable: a window that opens in the same moment would leave it waiting for ever.
 */
const HOLD = join(PROJECT, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** What a page does not show for so long it never will; shorter than any test may take, so that the place is told. */
const PATIENCE_MS = 45_000;

/** A running app with its window. */
export type ConsoleWindow = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Quits the way a person does, and waits until it has ended. */
  readonly quit: () => Promise<void>;
  /** Ends the process at once, as a crash would. */
  readonly kill: () => Promise<void>;
};

/**
 * Opens the built app in the real Electron.
 * @param env variables beside those of this process @param switches words for Chromium
 */
export async function openConsole(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  switches: readonly string[] = [],
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
  page.setDefaultTimeout(PATIENCE_MS);
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

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type DrivenProgram, drive } from './driven-program.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** A running headless app, driven as its contract says. */
export type HeadlessApp = DrivenProgram;

/** Starts the built headless app. */
export function startHeadless(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): HeadlessApp {
  return drive(
    spawn(process.execPath, [join(PROJECT, 'out/main/headless.cjs'), ...args], {
      cwd: dataDir,
      env: { ...process.env, EARSHOT_DATA_DIR: dataDir, PORT: '0', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
}

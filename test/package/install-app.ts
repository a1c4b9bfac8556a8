import { mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from './install-package.ts';

/** A package that was installed and moved, far from the project. */
export type InstalledApp = {
  /** What stands for the root of a computer; on Linux only. */
  readonly root: string;
  /** The app after somebody moved it. */
  readonly moved: string;
  readonly remove: () => Promise<void>;
};

/** Installs the package into a clean folder, and moves the app from there. */
export async function installApp(): Promise<InstalledApp> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-package-'));
  const root = join(folder, 'root');
  const moved = join(folder, 'Some Programs', 'Earshot here');
  mkdirSync(join(moved, '..'));
  renameSync(await installPackage(folder, root), moved);
  return {
    root,
    moved,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}

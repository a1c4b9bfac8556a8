import type { TestProject } from 'vitest/node';
import type {} from '../support/console-window.ts';
import { installApp } from './install-app.ts';

let remove: (() => Promise<void>) | undefined;

/** Where a package is given, it is installed, and the tests of the window open what was installed. */
export async function setup({ provide }: TestProject): Promise<void> {
  if (process.env['EARSHOT_PACKAGE'] === undefined) return;
  const installed = await installApp();
  ({ remove } = installed);
  provide('installedApp', installed.moved);
}

export async function teardown(): Promise<void> {
  await remove?.();
}

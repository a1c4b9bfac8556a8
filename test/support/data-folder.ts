import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingsChange } from '../../electron/core/settings.ts';

type DataFolder = { readonly path: string; readonly remove: () => Promise<void> };

/** Makes an empty folder for data. @returns its path and how to remove it */
export async function dataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'earshot-data-'));
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 10 });
  return { path, remove };
}

/** Makes the folder of a person who has used Earshot before: the first steps are behind them. */
export async function settledFolder(settings: SettingsChange = {}): Promise<DataFolder> {
  const folder = await dataFolder();
  const text = JSON.stringify({ setUpDone: true, ...settings });
  await writeFile(join(folder.path, 'settings.json'), text);
  return folder;
}

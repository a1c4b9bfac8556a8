import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty folder for data. @returns its path and how to remove it */
export async function dataFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'earshot-data-'));
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 10 });
  return { path, remove };
}

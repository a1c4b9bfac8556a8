// The secrets that sign packages, as electron-builder wants to find them, for as long as it works and no longer.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SECRETS = /^(WIN_CSC|CSC|APPLE|AZURE)_/;

/**
 * Takes away variables that are set to nothing, as a workflow sets a secret that is not there:
 * electron-builder would take an empty certificate for one.
 * @param {NodeJS.ProcessEnv} environment changed in place
 */
export function dropEmptySecrets(environment) {
  for (const [name, value] of Object.entries(environment)) {
    if (SECRETS.test(name) && value === '') delete environment[name];
  }
}

/**
 * Works while Apple's key lies in a file, which is how Apple's tool wants it, and not in the
 * environment of whatever is started. Does without where there is no key.
 * @template T
 * @param {NodeJS.ProcessEnv} environment changed in place
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withNotaryKey(environment, work) {
  const key = environment['APPLE_API_KEY_CONTENT'];
  if (key === undefined) return work();
  delete environment['APPLE_API_KEY_CONTENT'];
  const folder = await mkdtemp(join(tmpdir(), 'earshot-notary-'));
  const path = join(folder, 'key.p8');
  try {
    await writeFile(path, key, { mode: 0o600 });
    environment['APPLE_API_KEY'] = path;
    return await work();
  } finally {
    delete environment['APPLE_API_KEY'];
    await rm(folder, { recursive: true, force: true });
  }
}

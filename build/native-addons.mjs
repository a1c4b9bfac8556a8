// Knows whether the parts written in C++ work here, and repairs or explains when they do not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, projectFolder, run } from './child.mjs';
import { compileEnv, compilerRemedy, hasCompiler } from './compiler.mjs';
import { packageRemedy } from './debian-packages.mjs';
import { during, Stop, say } from './progress.mjs';

const LOAD_LIMIT_MS = 30_000;
const SOUND = 'naudiodon';

/** Ends the program only where nothing works without; without sound Earshot still shows calls. */
export async function checkNativeAddons() {
  const [sound, storage] = await Promise.all([soundTrouble(), trouble('@photostructure/sqlite')]);
  if (storage) {
    throw new Stop(`The storage library does not load: ${storage}\nInstall again with:\n  npm ci`);
  }
  if (sound) {
    say(`The sound library does not load, so there is no sound card here: ${sound}`);
    say(`To repair it:\n  ${(await soundRemedy(sound)).join('\n  ')}`);
  }
}

/** What is wrong with the sound library, after compiling it if that had not been done. */
async function soundTrouble() {
  const built = join(projectFolder, 'node_modules', SOUND, 'build', 'Release', 'naudiodon.node');
  if (!existsSync(built) && (await hasCompiler())) {
    const npm = npmCommand();
    await during('Compiling the sound library', () =>
      run(npm.command, [...npm.args, 'rebuild', SOUND], { env: compileEnv() }),
    );
  }
  return trouble(SOUND);
}

/**
 * Loads a package in a process of its own, since a broken addon can end the one it is in.
 * @param {string} name
 * @returns {Promise<string | undefined>} what went wrong
 */
async function trouble(name) {
  const { code, output } = await run(process.execPath, ['-e', `require('${name}')`], {
    timeoutMs: LOAD_LIMIT_MS,
  });
  if (code === 0) return undefined;
  return output.split('\n').find(line => /^\w*Error: /.test(line)) ?? `it ended with code ${code}`;
}

/** @param {string} reason */
async function soundRemedy(reason) {
  if (process.platform === 'linux' && reason.includes('libasound')) return [packageRemedy('sound')];
  return [...((await hasCompiler()) ? [] : [compilerRemedy()]), `npm rebuild ${SOUND}`];
}

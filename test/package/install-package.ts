import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolveElectron } from '../../build/electron-runtime.mjs';
import { writeDebianPackage } from '../../build/package/debian-package.mjs';
import { makeUnpackedApp } from '../../build/package/unpacked-app.mjs';

const PROJECT = join(import.meta.dirname, '../..');

/** The folder with the packages to try, such as a release's; without it one is made. */
const GIVEN = process.env['EARSHOT_PACKAGE'];

/** What people install on each system, by the end of its name. */
const PACKAGES = { linux: '.deb', darwin: '.zip', win32: '.exe' } as const;

/**
 * Installs the package for this computer. Where none is given, it is made here: on Linux as a Debian
 * package, elsewhere, where installers take tools of their own, as the folder alone.
 * @param folder for all that is made
 * @param root what stands for the root of a computer; on Linux only
 * @returns the folder that holds the app
 */
export async function installPackage(folder: string, root: string): Promise<string> {
  const { platform } = process;
  if (platform === 'linux') {
    installForDebian(GIVEN ? given(PACKAGES.linux) : await makeDebianPackage(folder), root);
    return join(root, 'opt/Earshot');
  }
  if (!GIVEN) return makeApp(folder);
  const place = join(folder, 'installed');
  if (platform === 'darwin') execFileSync('ditto', ['-x', '-k', given(PACKAGES.darwin), place]);
  else await installSilently(given(PACKAGES.win32), place);
  return place;
}

/**
 * Runs an installer of Windows without its window. The folder comes last and is never quoted.
 * Source: https://nsis.sourceforge.io/Docs/Chapter3.html#installerusage
 */
async function installSilently(installer: string, place: string): Promise<void> {
  const options = { windowsVerbatimArguments: true };
  const [code] = await once(spawn(installer, ['/S', `/D=${place}`], options), 'exit');
  if (code !== 0) throw new Error(`the installer ended with ${code}`);
}

function given(end: string): string {
  const folder = resolve(PROJECT, GIVEN ?? '');
  const [name, ...more] = readdirSync(folder).filter(each => each.endsWith(end));
  if (name === undefined || more.length > 0) throw new Error(`${folder} needs one ${end}`);
  return join(folder, name);
}

async function makeApp(folder: string): Promise<string> {
  return makeUnpackedApp({ electron: await resolveElectron({ log: () => {} }), folder });
}

async function makeDebianPackage(folder: string): Promise<string> {
  const deb = join(folder, 'earshot.deb');
  await writeDebianPackage(deb, {
    app: await makeApp(folder),
    icons: join(PROJECT, 'build/package/icon/sizes'),
    manifest: JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')),
    licence: readFileSync(join(PROJECT, 'LICENSE'), 'utf8'),
    arch: process.arch,
    level: 0,
    mtime: new Date(),
  });
  return deb;
}

/** Root installs with dpkg, which keeps a list of what it did; others can only take the files out. */
function installForDebian(deb: string, root: string): void {
  if (process.getuid?.() !== 0) {
    execFileSync('dpkg-deb', ['--extract', deb, root]);
    return;
  }
  mkdirSync(join(root, 'var/lib/dpkg/info'), { recursive: true });
  execFileSync('touch', [join(root, 'var/lib/dpkg/status')]);
  const forced = ['--force-not-root', '--force-unsafe-io'];
  execFileSync('dpkg', [`--root=${root}`, ...forced, '--unpack', deb], { stdio: 'pipe' });
}

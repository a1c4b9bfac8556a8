// npm run package: makes what people install on this kind of computer, into dist/. On Linux that is a folder, a Debian
// package and a tar.gz, without any download; `-- AppImage` adds one. Elsewhere electron-builder makes its own.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { projectFolder } from './child.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { checkPackedApp } from './package/check.mjs';
import { writeDebianPackage } from './package/debian-package.mjs';
import { signingOf } from './package/signing.mjs';
import { dropEmptySecrets, withNotaryKey } from './package/signing-environment.mjs';
import { installerSizes, overBudget, readBudget, sizeTable } from './package/sizes.mjs';
import { writeTarArchive } from './package/tar-archive.mjs';
import { makeUnpackedApp } from './package/unpacked-app.mjs';
import { during, runAsCommand, Stop, say } from './progress.mjs';

/** Slow and small: it is done once and fetched often. */
const LEVEL = 9;

const targets = process.argv.slice(2);

dropEmptySecrets(process.env);

await runAsCommand(async () => {
  const isLinux = process.platform === 'linux';
  const signing = signingOf(process.platform, name => process.env[name] !== undefined);
  await bootstrap(isLinux ? ['window'] : []);
  const electron = await resolveElectron({ log: say });
  const folder = join(projectFolder, 'dist');
  await rm(folder, { recursive: true, force: true });
  const wanted = isLinux ? targets : ['default'];
  const app = await during(`Packing the app with Electron ${electron.version}`, () =>
    withNotaryKey(process.env, () =>
      makeUnpackedApp({ electron, folder, targets: wanted, signing }),
    ),
  );
  say(await checkPackedApp(app));
  if (isLinux) await writeLinuxArchives(app, folder);
  await weighInstallers(folder);
  return 0;
});

/**
 * @param {string} app
 * @param {string} folder
 */
async function writeLinuxArchives(app, folder) {
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const name = `${manifest.productName}-${manifest.version}-linux-${process.arch}`;
  const licence = await readFile(join(projectFolder, 'LICENSE'), 'utf8');
  const common = { app, level: LEVEL, mtime: new Date() };
  const icons = join(projectFolder, 'build', 'package', 'icon', 'sizes');
  await during('Writing the Debian package', () =>
    writeDebianPackage(join(folder, `${name}.deb`), {
      ...common,
      icons,
      manifest,
      licence,
      arch: process.arch,
    }),
  );
  await during('Writing the tar.gz', () =>
    writeTarArchive(join(folder, `${name}.tar.gz`), { ...common, name }),
  );
}

/** @param {string} folder */
async function weighInstallers(folder) {
  const sizes = await installerSizes(folder);
  const budget = await readBudget();
  const faults = overBudget(sizes, budget);
  if (faults.length > 0) throw new Stop(faults.join('\n'));
  say(sizeTable(sizes, budget));
}

// Loads the app folder named on the command line, as Electron's own default app does.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron/main');

/** Modules that are loaded before the app: each follows a `-r`. */
const before = [];
let folderAt = 1;
for (; process.argv[folderAt]?.startsWith('-'); folderAt += 1) {
  if (process.argv[folderAt] !== '-r') continue;
  folderAt += 1;
  before.push(resolve(process.argv[folderAt] ?? ''));
}
if (folderAt >= process.argv.length) {
  process.stderr.write('Usage: electron [options] <app folder> [arguments]\n');
  process.exit(2);
}

const folder = resolve(process.argv[folderAt]);
const { main, name, productName, version } = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
);
const entry = require.resolve(join(folder, main ?? 'index.js'));

Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
process.argv.splice(1, folderAt, process.argv[folderAt]);
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(folder);
for (const path of [...before, entry]) require(path);

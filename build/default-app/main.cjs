// Loads the app folder named on the command line, as Electron's own default app does.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron/main');

const folderAt = process.argv.findIndex((word, at) => at > 0 && !word.startsWith('-'));
if (folderAt < 0) {
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
require(entry);

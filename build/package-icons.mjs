// node build/package-icons.mjs: draws build/package/icon/icon.svg in every size and kind of file that packages need.
// Its results are kept in the project: run it again after the drawing has changed.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { projectFolder } from './child.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { toIcns, toIco } from './package/icon-files.mjs';
import { runAsCommand, say } from './progress.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { hasDisplay, startVirtualDisplay } from './virtual-display.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LARGEST_IN_ICO = 256;
/** The sizes of Linux's icon themes. */
const LARGEST_ON_LINUX = 512;

/** An app that shows an empty page. */
const EMPTY_APP = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('data:text/html,Earshot'));`;

await runAsCommand(async () => {
  const folder = join(projectFolder, 'build', 'package', 'icon');
  const pictures = await draw(await readFile(join(folder, 'icon.svg'), 'utf8'));
  await writeFile(
    join(folder, 'icon.ico'),
    toIco(pictures.filter(({ size }) => size <= LARGEST_IN_ICO)),
  );
  await writeFile(join(folder, 'icon.icns'), toIcns(pictures));
  await mkdir(join(folder, 'sizes'), { recursive: true });
  for (const { size, png } of pictures.filter(({ size }) => size <= LARGEST_ON_LINUX)) {
    await writeFile(join(folder, 'sizes', `${size}x${size}.png`), png);
  }
  say(`Drawn in ${pictures.length} sizes.`);
  return 0;
});

/** @param {string} svg */
async function draw(svg) {
  const electron = await resolveElectron({ log: say });
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  const folder = await mkdtemp(join(tmpdir(), 'earshot-icon-'));
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "icon", "version": "1.0.0", "main": "main.cjs" }',
  );
  await writeFile(join(folder, 'main.cjs'), EMPTY_APP);
  const app = await _electron.launch({
    executablePath: electron.executablePath,
    args: [...(await sandboxSwitches(electron.executablePath)), folder],
    env: { .../** @type {Record<string, string>} */ (process.env), ...display?.env },
  });
  try {
    const page = await app.firstWindow();
    return await Promise.all(
      SIZES.map(async size => ({ size, png: await drawOne(page, svg, size) })),
    );
  } finally {
    await app.close();
    display?.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} svg
 * @param {number} size
 */
async function drawOne(page, svg, size) {
  const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  // As text: what runs in the page is not of the build's own world, and its types are not known here.
  const drawn = await page.evaluate(`(async () => {
    const picture = new Image(${size}, ${size});
    picture.src = ${JSON.stringify(url)};
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${size};
    canvas.getContext('2d').drawImage(picture, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(String(drawn).split(',')[1] ?? '', 'base64');
}

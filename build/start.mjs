// npm start: prepares whatever is missing, then opens Earshot.

import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { become, projectFolder } from './child.mjs';
import { checkLibraries, resolveElectron } from './electron-runtime.mjs';
import { runAsCommand, say } from './progress.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { hasDisplay, startVirtualDisplay } from './virtual-display.mjs';

/** How long the app may take to hang up and close once told to end. */
const GRACE_MS = 5000;

/** Only fatal words of Chromium: without a desktop it complains of all that a desktop has. */
const QUIET = '--log-level=3';

await runAsCommand(async () => {
  const shown = hasDisplay();
  await bootstrap(shown ? ['window'] : ['window', 'display']);
  const electron = await resolveElectron({ log: say });
  await checkLibraries(electron.executablePath);
  const switches = await sandboxSwitches(electron.executablePath);
  const args = [...switches, projectFolder, ...process.argv.slice(2)];
  return shown
    ? become(electron.executablePath, args, { graceMs: GRACE_MS, apart: true })
    : startUnseen(electron.executablePath, args);
});

/**
 * Runs the app on a virtual display and keeps a picture of its window.
 * @param {string} executablePath
 * @param {readonly string[]} args
 */
async function startUnseen(executablePath, args) {
  const picture = join(projectFolder, 'out', 'window.png');
  rmSync(picture, { force: true });
  say('There is no display here: Earshot runs on a virtual one and prints the calls below.');
  const display = await startVirtualDisplay();
  const env = {
    ...process.env,
    ...display.env,
    EARSHOT_PRINT_EVENTS: '1',
    EARSHOT_PICTURE: picture,
  };
  try {
    return await become(executablePath, [QUIET, ...args], { env, graceMs: GRACE_MS, apart: true });
  } finally {
    display.close();
    if (existsSync(picture) && statSync(picture).size > 0) {
      say(`A picture of the window is in ${picture}`);
    }
  }
}

// The last look at an app before anybody gets it: what is in it, how big it is, what it lets others do.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../child.mjs';
import { Stop } from '../progress.mjs';
import { contentOf } from './content.mjs';
import { brokenRules } from './content-rules.mjs';
import { fuses, readFuses } from './fuses.mjs';
import { overBudget, readBudget, sizesOf, sizeTable } from './sizes.mjs';
import { thisSystem } from './unpacked-app.mjs';

/**
 * Ends the program when anything is not as it should be.
 * @param {string} app the unpacked app
 * @returns {Promise<string>} its size by part, for people
 */
export async function checkPackedApp(app) {
  const files = await contentOf(app);
  const sizes = sizesOf(files);
  const budget = await readBudget();
  const faults = [
    ...(await brokenRules(files, { system: thisSystem, buildFolders: buildFolders() })),
    ...overBudget(sizes, budget),
    ...fuseFaults(await readFuses(executableIn(app))),
  ];
  if (faults.length > 0)
    throw new Stop(`The package is not fit to ship:\n  ${faults.join('\n  ')}`);
  return sizeTable(sizes, budget);
}

/** Where it was built: others' computers have no such place, and need not hear of it. */
function buildFolders() {
  const modules = realpathSync(join(projectFolder, 'node_modules'));
  return [...new Set([projectFolder, modules])];
}

/**
 * The program of an unpacked app.
 * @param {string} app
 */
export function executableIn(app) {
  if (process.platform === 'darwin') return join(app, 'Earshot.app');
  return join(app, process.platform === 'win32' ? 'Earshot.exe' : 'earshot');
}

/**
 * Every switch that is not as it should be.
 * @param {Readonly<Record<string, boolean>>} found
 */
export function fuseFaults(found) {
  return Object.entries(fuses)
    .filter(([name, wanted]) => found[name] !== wanted)
    .map(([name, wanted]) => `the fuse ${name} must be ${wanted ? 'on' : 'off'}`);
}

// Compilers leave word in a library of where they worked, for debuggers there; nobody else's computer has that place.
import { run } from '../child.mjs';
import { Stop } from '../progress.mjs';

/** A CodeView record: these letters, an id of 16 bytes, a count of 4, then the path up to a zero. */
const RECORD = 'RSDS';
const PATH_AT = 24;

/**
 * Blanks the path of the debug file (.pdb) in a library of Windows, which Visual C++ writes in full.
 * @param {Buffer} file changed in place
 */
export function forgetDebugFile(file) {
  if (file.toString('latin1', 0, 2) !== 'MZ') return;
  for (let at = file.indexOf(RECORD); at !== -1; at = file.indexOf(RECORD, at + 1)) {
    const start = at + PATH_AT;
    const end = file.indexOf(0, start);
    if (/\.pdb$/i.test(file.toString('latin1', start, end))) file.fill(0, start, end);
  }
}

/**
 * Takes the map of object files out of a library of macOS. What is changed loses its signature, and
 * Apple silicon loads nothing without one: it gets a plain one, until the whole app is signed.
 * @param {string} path
 */
export async function forgetObjectFiles(path) {
  for (const [command, ...args] of /** @type {const} */ ([
    ['strip', '-S', path],
    ['codesign', '--force', '--sign', '-', path],
  ])) {
    const { code, output } = await run(command, args);
    if (code !== 0) throw new Stop(`${command} could not prepare ${path}:\n${output}`);
  }
}

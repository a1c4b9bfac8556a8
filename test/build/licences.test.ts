import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  collectLicences,
  licenceFaults,
  readAllowed,
  shippedPackages,
} from '../../build/licences.mjs';

const PROJECT = join(import.meta.dirname, '../..');
const rules = readAllowed();
const shipped = collectLicences();

/** The packages that the sources of a folder use at run time. */
function imported(folder: string): string[] {
  const names = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .flatMap(name => [
      ...readFileSync(join(PROJECT, folder, name), 'utf8').matchAll(
        /^(?:import (?!type )[^'"]*|\} )from '([^.'][^']*)'/gm,
      ),
    ])
    .map(([, name = '']) => name)
    .filter(name => !/^(node:|electron($|\/))/.test(name));
  return names.map(name => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}

const part = {
  name: 'some-package',
  version: '1.0.0',
  text: 'Permission is hereby granted, free of charge, to any person obtaining a copy of it.',
  note: '',
};

const textOf = (wanted: string): string => shipped.find(({ name }) => name === wanted)?.text ?? '';

describe('the licences of what is shipped', () => {
  it('are all on the list, each with its text', () => {
    expect(licenceFaults(shipped, rules)).toEqual([]);
    expect(shipped.length).toBeGreaterThan(100);
  });

  it('cover every package that the sources use, and Electron and the model', () => {
    const names = new Set(shipped.map(({ name }) => name));
    const used = new Set([...imported('electron'), ...imported('renderer')]);
    const real = readFileSync(join(PROJECT, 'package.json'), 'utf8');
    const missing = [...used].filter(
      name => !names.has(name) && !real.includes(`"${name}": "npm:`),
    );
    expect(missing).toEqual([]);
    expect([...names]).toEqual(expect.arrayContaining(['Electron', 'Silero VAD (model)', 'react']));
  });

  it.each(['GPL-3.0', 'GPL-2.0-or-later', 'AGPL-3.0-only', 'LGPL-3.0', 'SSPL-1.0', 'Nobody-1.0'])(
    'are refused under %s',
    licence => {
      expect(licenceFaults([{ ...part, licence }], rules)).toEqual([
        `some-package is under ${licence}`,
      ]);
      expect(licenceFaults([{ ...part, licence: `MIT AND ${licence}` }], rules)).toHaveLength(1);
      expect(licenceFaults([{ ...part, licence: `MIT OR ${licence}` }], rules)).toEqual([]);
    },
  );

  it('are refused when there is none, or none of it to read', () => {
    expect(licenceFaults([{ ...part, licence: '' }], rules)).toEqual([
      'some-package states no licence',
    ]);
    const none = ['some-package has no text of its licence'];
    expect(licenceFaults([{ ...part, licence: 'MIT', text: ' ' }], rules)).toEqual(none);
    const text = 'Its authors state: MIT. Used under the terms of the MIT licence.';
    expect(licenceFaults([{ ...part, licence: 'MIT', text }], rules)).toEqual(none);
    expect(licenceFaults([{ ...part, licence: 'ISC' }], rules)).toEqual(none);
  });

  it('come with the standard text and their copyright where the package has no text', () => {
    const alone = {
      'abstract-logging': /Copyright \(c\) James Sumners/,
      'agent-base': /Copyright \(c\) 2013 Nathan Rajlich/,
      'https-proxy-agent': /Copyright \(c\) 2013 Nathan Rajlich/,
      'lazy-val': /Copyright \(c\) Vladimir Krivosheev/,
      'onnxruntime-common': /Copyright \(c\) Microsoft Corporation/,
      'onnxruntime-node': /Copyright \(c\) Microsoft Corporation/,
      'react-remove-scroll-bar': /Copyright \(c\) Anton Korzunov/,
    };
    for (const [name, copyright] of Object.entries(alone)) {
      expect(textOf(name), name).toMatch(copyright);
      expect(textOf(name), name).toContain('Permission is hereby granted, free of charge');
      expect(textOf(name), name).toContain('THE SOFTWARE IS PROVIDED "AS IS"');
    }
    expect(textOf('snowball-stemmers')).toMatch(/Oleg Mazko[\s\S]*Permission to use, copy, modify/);
    for (const { name, text } of shipped) expect(text, name).not.toContain('(copyright)');
  });

  it('name what is inside libraries, with all that its licence wants to be told', () => {
    expect(textOf('PortAudio (inside naudiodon)')).toMatch(
      /Ross Bencina and Phil Burk[\s\S]*Permission is hereby granted[\s\S]*THE SOFTWARE IS PROVIDED "AS IS"/,
    );
    const lame = textOf('LAME (inside wasm-media-encoders)');
    expect(lame).toContain('GNU LIBRARY GENERAL PUBLIC LICENSE');
    expect(lame).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    expect(lame).toContain('BECAUSE THE LIBRARY IS LICENSED FREE OF CHARGE');
    expect(textOf('RNNoise (inside @shiguredo/rnnoise-wasm)')).toMatch(
      /Jean-Marc Valin[\s\S]*Redistributions in binary form must reproduce/,
    );
    const parts = textOf('Parts of ONNX Runtime (inside onnxruntime-node)');
    for (const name of ['protobuf', 'Eigen', 'FlatBuffers', 'Mozilla Public License']) {
      expect(parts.toLowerCase(), name).toContain(name.toLowerCase());
    }
  });

  it('never are of the GPL, and what is an exception says why', () => {
    expect(rules.allowed.filter(name => name.includes('GPL'))).toEqual([]);
    for (const { licence, why } of rules.exceptions) {
      expect(licence).not.toMatch(/^A?GPL/);
      expect(why.length).toBeGreaterThan(50);
    }
  });
});

describe('the packages that are shipped', () => {
  it('are those named, and what they need, found as Node finds it', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { dependencies: { b: '1' } },
        'node_modules/b': { dependencies: { c: '1' } },
        'node_modules/a/node_modules/b': { dependencies: { c: '2' } },
        'node_modules/c': { optionalDependencies: { d: '1' } },
        'node_modules/only-for-tests': {},
      },
    };
    expect([...shippedPackages(lock, ['a'])].sort()).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });
});

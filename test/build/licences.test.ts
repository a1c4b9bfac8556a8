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

const part = { name: 'some-package', version: '1.0.0', text: 'A text.', note: '' };

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
    expect(licenceFaults([{ ...part, licence: 'MIT', text: ' ' }], rules)).toHaveLength(1);
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

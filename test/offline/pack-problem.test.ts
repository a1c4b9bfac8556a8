import { describe, expect, it } from 'vitest';
import { packProblem, refusedError } from '../../electron/offline/pack-problem.ts';

const failed = (code: string) => Object.assign(new Error('failed'), { code });

describe('the problem of a pack', () => {
  it('is a full disk, where it is one', () => {
    const problem = packProblem(failed('ENOSPC'));
    expect(problem).toMatchObject({ kind: 'pack-failed', code: 'ENOSPC' });
    expect(problem.remedy).toContain('Make room');
  });

  it('is the network’s, by the name under what fetch throws', () => {
    const problem = packProblem(new TypeError('fetch failed', { cause: failed('ENOTFOUND') }));
    expect(problem).toMatchObject({ code: 'ENOTFOUND' });
    expect(problem.remedy).toContain('goes on where it stopped');
  });

  it('is the one that is known already', () => {
    expect(packProblem(refusedError(404)).code).toBe('HTTP 404');
  });
});

import { describe, expect, it } from 'vitest';
import { Scope } from '../../electron/core/scope.ts';

describe('a scope', () => {
  it('ends what it owns last in, first out, once, and goes on after a failure', async () => {
    const errors: unknown[] = [];
    const ended: string[] = [];
    const scope = new Scope(error => errors.push(error));
    scope.add(() => void ended.push('first'));
    scope.add(() => {
      throw new Error('stuck');
    });
    scope.add(async () => void ended.push('last'));
    await Promise.all([scope.close(), scope.close()]);
    expect(ended).toEqual(['last', 'first']);
    expect(errors).toHaveLength(1);
  });

  it('ends at once what is added after it was closed', async () => {
    const ended: string[] = [];
    const scope = new Scope(() => {});
    await scope.close();
    scope.add(() => void ended.push('late'));
    expect(scope.closed).toBe(true);
    expect(ended).toEqual(['late']);
  });
});

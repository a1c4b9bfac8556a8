import { describe, expect, it } from 'vitest';
import { toldError } from '../../electron/diagnostics/told-error.ts';

describe('what is told of an error', () => {
  it('is its kind, its code and where it came from', () => {
    const error = Object.assign(new TypeError('+14155550177 is not a function'), {
      code: 'ECONNREFUSED',
    });
    const told = toldError(error);
    expect(told).toMatchObject({ name: 'TypeError', code: 'ECONNREFUSED' });
    expect(told.frames.length).toBeGreaterThan(0);
    for (const frame of told.frames) expect(frame).toMatch(/^[\w$.<>]+ [\w-]+\.(cjs|js|ts):\d+$/);
    expect(JSON.stringify(told)).not.toContain('4155550177');
  });

  it('is nothing of what its maker chose: words, folders, names, codes', () => {
    const error = Object.assign(new Error('Maria\n    at Maria (/home/maria/secret.cjs:1:1)'), {
      name: 'Maria',
      code: 'sk-secret',
      number: '+14155550177',
    });
    error.stack = [
      'Maria: Maria',
      '    at Maria (/home/maria/secret.cjs:1:1)',
      '    at +14155550177 (/tmp/+14155550177.cjs:1:1)',
      '    at run (/home/maria/My Phone/main.cjs:12:3)',
      '    at async Object.take (C:\\Users\\Maria\\out\\main.cjs:7:9)',
      '    at /home/maria/main.cjs:3:4',
      '    at node:internal/process:1:2',
    ].join('\n');
    const told = toldError(error);
    expect(told).toMatchObject({ name: 'Error', code: null });
    expect(JSON.stringify(told)).not.toMatch(/home|Users|Phone|4155550177|sk-/);
    expect(told.frames).toContain('run main.cjs:12');
    expect(told.frames).toContain('Object.take main.cjs:7');
  });

  it('is nothing at all of something else that was thrown', () => {
    expect(toldError('Maria at +14155550177')).toEqual({ name: 'Error', code: null, frames: [] });
    expect(toldError({ name: 'Maria', stack: 'secret' })).toEqual({
      name: 'Error',
      code: null,
      frames: [],
    });
    expect(toldError(null).frames).toEqual([]);
  });
});

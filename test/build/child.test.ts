import { describe, expect, it } from 'vitest';
import { exitCode, run, toolPath } from '../../build/child.mjs';

const node = process.execPath;

describe('running another program', () => {
  it('hands back all it said and its exit code', async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3";
    const { code, output } = await run(node, ['-e', script]);
    expect(code).toBe(3);
    expect(output).toContain('out');
    expect(output).toContain('err');
  });

  it('answers 127 for a program that does not exist', async () => {
    expect((await run('earshot-no-such-program', [])).code).toBe(127);
  });

  it('ends one that takes too long and answers 124', async () => {
    const forever = 'setInterval(() => {}, 1000)';
    expect((await run(node, ['-e', forever], { timeoutMs: 200 })).code).toBe(124);
  });

  it('reports an end by signal as a shell does', () => {
    expect(exitCode(null, 'SIGTERM')).toBe(143);
    expect(exitCode(0, null)).toBe(0);
  });

  it('finds the command of a dependency', async () => {
    expect((await run(node, [toolPath('typescript', 'tsc'), '--version'])).code).toBe(0);
  });
});

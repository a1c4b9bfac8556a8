import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessKey, startVirtualDisplay } from '../../build/virtual-display.mjs';

const canStart = spawnSync('which', ['Xvfb']).status === 0;

describe('the virtual display', () => {
  it('has a key that holds for any host and display', () => {
    const file = accessKey(Buffer.from('0123456789abcdef'));
    expect(file.toString('latin1')).toBe(
      '\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x100123456789abcdef',
    );
  });

  it.runIf(canStart)('takes a free number, beside others, and cleans up after itself', async () => {
    const one = await startVirtualDisplay();
    const other = await startVirtualDisplay();
    expect(one.env.DISPLAY).toMatch(/^:\d+$/);
    expect(other.env.DISPLAY).not.toBe(one.env.DISPLAY);
    expect(existsSync(one.env.XAUTHORITY)).toBe(true);
    one.close();
    other.close();
    expect(existsSync(one.env.XAUTHORITY)).toBe(false);
  });
});

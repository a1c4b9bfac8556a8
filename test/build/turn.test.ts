import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { projectFolder, run } from '../../build/child.mjs';
import { inTurn } from '../../build/turn.mjs';

describe('taking turns', () => {
  it('lets one work at a time on the same thing', async () => {
    const thing = randomUUID();
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await wait(50);
      working -= 1;
    };
    await Promise.all([inTurn(thing, work), inTurn(thing, work)]);
    expect(most).toBe(1);
  });

  it('does not wait for another thing', async () => {
    await inTurn(randomUUID(), () => inTurn(randomUUID(), async () => {}));
  });

  it('gives the turn on after a failure', async () => {
    const thing = randomUUID();
    const failing = inTurn(thing, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await inTurn(thing, async () => 'yes')).toBe('yes');
  });

  it('takes over from a process that died in its turn', async () => {
    const thing = randomUUID();
    const script = `import { inTurn } from './build/turn.mjs'; await inTurn('${thing}', async () => process.kill(process.pid, 'SIGKILL'));`;
    await run(process.execPath, ['--input-type=module', '-e', script], { cwd: projectFolder });
    expect(await inTurn(thing, async () => 'taken over')).toBe('taken over');
  });
});

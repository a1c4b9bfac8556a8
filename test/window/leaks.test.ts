import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { until } from '../support/until.ts';

const CALLS = 100;
const AT_ONCE = 10;

let app: HeadlessApp | undefined;

afterAll(() => {
  app?.process.kill('SIGKILL');
});

describe.runIf(process.platform === 'linux')('a hundred calls opened and closed', () => {
  it('leave no socket and no file handle in the app', { timeout: 120_000 }, async () => {
    const data = await dataFolder();
    app = startHeadless(data.path, { EARSHOT_LINE: 'practice' });
    await app.event({ event: 'listening' });
    await ringOut(app, AT_ONCE);
    const before = await settled(app);
    for (let done = AT_ONCE; done < CALLS; done += AT_ONCE) await ringOut(app, AT_ONCE);
    const history = await app.run({ command: 'history', limit: 1000 });
    expect(history['calls']).toHaveLength(CALLS);
    // Handles of kept-alive connections come and go, but a hundred calls must not add a hundred.
    await until(() => handles(app) <= before + 5);
    expect(await app.run({ command: 'shut-down' })).toMatchObject({ ok: true });
    // It ends by itself, which a listening socket or a timer left behind would only delay.
    expect(await app.ended).toBe(0);
    await data.remove();
  });
});

/** Starts calls that are answered and hung up again. */
async function ringOut(headless: HeadlessApp, calls: number): Promise<void> {
  const dialled = await Promise.all(
    Array.from({ length: calls }, (_, i) =>
      headless.run({ command: 'dial', to: `+141555501${80 + (i % 20)}` }),
    ),
  );
  for (const { callId } of dialled) {
    await headless.event({ event: 'stream-started', callId });
    await headless.run({ command: 'hang-up', callId });
    await headless.event({ event: 'call-ended', callId });
  }
}

function handles(headless: HeadlessApp | undefined): number {
  return readdirSync(join('/proc', String(headless?.process.pid), 'fd')).length;
}

/** The number of handles once it has stopped falling. */
async function settled(headless: HeadlessApp): Promise<number> {
  let last = handles(headless);
  let same = 0;
  await until(() => {
    const now = handles(headless);
    same = now === last ? same + 1 : 0;
    last = now;
    return same > 100;
  });
  return last;
}

import { describe, expect, it, onTestFinished } from 'vitest';
import { startAgentProgram } from '../../electron/practice/agent-program.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';
import { FAINT, LOUD, openAgentDesk, toneOf } from './agent-desk.ts';

/** What Booker says in turn, as tones. */
const GREETING_HZ = 500;
const REPLY_HZ = 700;

/** A desk whose call is served by Booker, who speaks in tones of two seconds. */
async function servedByBooker() {
  const texts: string[] = [];
  const program = await startAgentProgram({
    clock: fakeClock(),
    log: quietLog,
    speak: async text => {
      texts.push(text);
      return toneOf(texts.length === 1 ? GREETING_HZ : REPLY_HZ, 2000);
    },
  });
  onTestFinished(() => program.close());
  const desk = openAgentDesk(program.url);
  desk.agents.give('a');
  await until(() => desk.status() === 'serving');
  await until(() => texts.length === 1);
  return { ...desk, texts };
}

describe('a call given to Booker', () => {
  it('is greeted, and answered when the caller has spoken', async () => {
    const { pass, caller, texts, live } = await servedByBooker();
    expect(live()).toMatchObject({ muted: true, agent: { name: 'Booker', whispered: false } });
    await pass(2500);
    expect(caller.hears(GREETING_HZ)).toBeGreaterThan(LOUD);
    await pass(1000, 1000);
    await pass(1000);
    await until(() => texts.length === 2);
    await pass(500);
    expect(caller.hears(REPLY_HZ)).toBeGreaterThan(LOUD);
  });

  it('hears him stop within 150 ms when the caller interrupts', async () => {
    const { pass, clock, caller } = await servedByBooker();
    await pass(1000);
    const spokeAt = clock.now();
    await pass(120, 1000);
    await until(() => caller.clears.length > 0);
    expect((caller.clears[0] ?? 0) - spokeAt).toBeLessThanOrEqual(150);
    const stoppedAt = clock.now();
    await pass(500, 1000);
    expect(caller.hears(GREETING_HZ, stoppedAt)).toBeLessThan(FAINT);
  });
});

import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import type { Pointing } from '../../electron/core/line.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { createNumberDuty } from '../../electron/line/number-duty.ts';
import type { NumberKeeper } from '../../electron/line/number-keeper.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';

const HERE: Pointing = { to: 'here', voiceUrl: 'https://desk.example.com/voice/webhook' };
const MINUTE_MS = 60_000;

/** A number looked after, with the requests that are made for it. */
function openDuty(keeper: Partial<NumberKeeper> = {}) {
  const clock = fakeClock();
  const { log, messages } = recordingLog();
  const asked: string[] = [];
  const told: Fact[] = [];
  const problems: (Problem | null)[] = [];
  const duty = createNumberDuty(
    {
      look: async () => {
        asked.push('look');
        return HERE;
      },
      mend: async () => {
        asked.push('mend');
        return HERE;
      },
      take: async () => {
        asked.push('take');
        return HERE;
      },
      giveBack: async () => {
        asked.push('give back');
      },
      recover: async () => {},
      ...keeper,
    },
    {
      clock,
      log,
      emit: fact => told.push(fact),
      problem: (_id, problem) => problems.push(problem),
    },
  );
  return { duty, clock, messages, asked, told, problems };
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const diskIsFull = async (): Promise<never> => {
  throw new Error('database or disk is full');
};

describe('looking after a number', () => {
  it('tells where its calls go, and sees to it again every minute', async () => {
    const { duty, clock, asked, told } = openDuty();
    await duty.take(false);
    expect(told).toEqual([{ event: 'number-pointed', pointing: HERE }]);
    duty.watch(() => true);
    clock.advance(MINUTE_MS);
    await settle();
    clock.advance(MINUTE_MS);
    expect(asked).toEqual(['take', 'mend', 'mend']);
    await duty.close();
    expect(clock.timers()).toBe(0);
  });

  it('outlives what nobody foresaw, tells it and tries again', async () => {
    let isFull = true;
    const { duty, clock, messages, told, problems } = openDuty({
      take: async () => (isFull ? diskIsFull() : HERE),
      look: diskIsFull,
    });
    await duty.take(false);
    expect(problems).toMatchObject([{ kind: 'line-down' }]);
    await duty.look();
    expect(messages).toHaveLength(2);
    duty.watch(() => true);
    isFull = false;
    clock.advance(MINUTE_MS);
    await settle();
    expect(told).toEqual([{ event: 'number-pointed', pointing: HERE }]);
    expect(problems.at(-1)).toBeNull();
  });

  it('settles the problem of another desk once the number is here again', async () => {
    const another: Pointing = {
      to: 'another-desk',
      voiceUrl: 'https://b.example.com/voice/webhook',
    };
    const { duty, clock, told, problems } = openDuty({ take: async () => another });
    await duty.take(false);
    expect(problems).toMatchObject([{ kind: 'number-elsewhere' }]);
    duty.watch(() => true);
    clock.advance(MINUTE_MS);
    await settle();
    expect(told.at(-1)).toEqual({ event: 'number-pointed', pointing: HERE });
    expect(problems.at(-1)).toBeNull();
  });

  it('takes nothing any more once it is closed', async () => {
    const { duty, asked, told } = openDuty();
    await duty.close();
    await duty.take(true);
    expect(asked).toEqual(['give back']);
    expect(told).toEqual([]);
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountReading, ListedCall } from '../../electron/core/conference.ts';
import type { ConsoleEvent, Fact } from '../../electron/core/events.ts';
import { LINE_STARTING } from '../../electron/core/line.ts';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import type { AccountCall } from '../../electron/core/room.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createAccountWatch } from '../../electron/supervision/account-watch.ts';
import { followedFacts, seat } from '../core/room-facts.ts';
import { introduction } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const DANA = '+14155550111';
const LIMITED: Problem = { kind: 'rate-limited', message: 'Too many.', remedy: 'Wait.' };
const AWAY: Problem = { kind: 'twilio-unreachable', message: 'No answer.', remedy: 'Wait.' };

function listed(sid: string, change: Partial<ListedCall> = {}): ListedCall {
  return {
    sid,
    status: 'in-progress',
    direction: 'inbound',
    from: DANA,
    to: '+14155550100',
    startedAt: 1000,
    parentSid: null,
    ...change,
  };
}

function reading(...calls: readonly ListedCall[]): AccountReading {
  return { calls, conferences: [], members: [], isCut: false };
}

/** A watch over an account whose answers the test gives. */
function openWatch() {
  const clock = fakeClock();
  let ids = 0;
  const lane = createFactLane(clock, quietLog, () => {
    ids += 1;
    return `${ids}`;
  });
  const events: ConsoleEvent[] = [];
  const told: (readonly AccountCall[])[] = [];
  let answer: () => Promise<AccountReading> | null = () => Promise.resolve(reading());
  let reads = 0;
  const watch = createAccountWatch({
    clock,
    log: quietLog,
    state: lane.state,
    emit: lane.emit,
    nameOf: () => null,
    deskName: () => 'Lee',
    onRead: calls => told.push(calls),
    read: () => {
      reads += 1;
      return answer();
    },
  });
  onTestFinished(watch.close);
  lane.steps.on(({ event }) => {
    events.push(event);
    watch.follow(event);
  });
  /** Lets what was answered be worked on. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 8; i += 1) await Promise.resolve();
  };
  return {
    clock,
    lane,
    watch,
    told,
    settle,
    /** Answers every reading so from now on. */
    answer: (next: typeof answer): void => {
      answer = next;
    },
    answerWith: (...calls: readonly ListedCall[]): void => {
      answer = () => Promise.resolve(reading(...calls));
    },
    refuse: (problem: Problem): void => {
      answer = () => Promise.reject(new ProblemError(problem));
    },
    /** Moves time on. @returns how often the account was read meanwhile */
    pass: async (ms: number): Promise<number> => {
      const before = reads;
      // Readings end between the steps, as they do in a second of real time.
      for (let left = ms; left > 0; left -= 500) {
        clock.advance(Math.min(left, 500));
        await settle();
      }
      return reads - before;
    },
    count: (name: Fact['event']) => events.filter(({ event }) => event === name).length,
    sids: () => lane.state().accountCalls.map(({ sid }) => sid),
    watchState: () => lane.state().accountWatch,
  };
}

/** A watch that has read the account once. */
async function watching(...calls: readonly ListedCall[]) {
  const desk = openWatch();
  desk.answerWith(...calls);
  desk.clock.advance(0);
  await desk.settle();
  return desk;
}

describe('the watch over the account', () => {
  it('reads at once, tells the calls, and how well they are known', async () => {
    const desk = await watching(listed('CA1'));
    expect(desk.sids()).toEqual(['CA1']);
    expect(desk.told).toMatchObject([[{ sid: 'CA1' }]]);
    expect(desk.watchState()).toEqual({
      status: 'watching',
      readAt: desk.clock.now(),
      isCut: false,
      problem: null,
    });
  });

  it('tells only what changed, and everything to who asked for every reading', async () => {
    const desk = await watching(listed('CA1'));
    await desk.pass(20_000);
    expect(desk.count('account-calls-changed')).toBe(1);
    expect(desk.count('account-watch-changed')).toBe(1);
    expect(desk.told.length).toBe(6);
    desk.answerWith(listed('CA1'), listed('CA2'));
    await desk.pass(4000);
    expect(desk.sids()).toEqual(['CA1', 'CA2']);
    expect(desk.count('account-calls-changed')).toBe(2);
    desk.answerWith();
    await desk.pass(4000);
    expect(desk.sids()).toEqual([]);
  });

  it('tells when it read last every half a minute, and not with every reading', async () => {
    const desk = await watching(listed('CA1'));
    const begun = desk.clock.now();
    await desk.pass(28_000);
    expect(desk.watchState().readAt).toBe(begun);
    await desk.pass(4000);
    expect(desk.watchState().readAt).toBe(begun + 32_000);
    await desk.pass(28_000);
    expect(desk.count('account-watch-changed')).toBe(2);
  });

  it('says when there are more calls than were read', async () => {
    const desk = await watching();
    desk.answer(async () => ({ ...reading(listed('CA1')), isCut: true }));
    await desk.pass(15_000);
    expect(desk.watchState().isCut).toBe(true);
  });

  it('reads often while calls are live or somebody looks, and seldom otherwise', async () => {
    const busy = await watching(listed('CA1'));
    expect(await busy.pass(40_000)).toBe(10);
    const idle = await watching();
    expect(await idle.pass(45_000)).toBe(3);
    idle.watch.watched(true);
    expect(await idle.pass(1000)).toBe(1);
    expect(await idle.pass(39_000)).toBe(9);
    idle.watch.watched(false);
    await idle.pass(4000);
    expect(await idle.pass(30_000)).toBe(2);
  });

  it('looks soon when asked to, however often, a second apart', async () => {
    const desk = await watching();
    await desk.pass(5000);
    for (let i = 0; i < 10; i += 1) desk.watch.look();
    expect(await desk.pass(500)).toBe(1);
    for (let i = 0; i < 10; i += 1) desk.watch.look();
    expect(await desk.pass(1000)).toBe(1);
    expect(await desk.pass(5000)).toBe(0);
  });

  it('never reads twice at once, and once more after what was asked meanwhile', async () => {
    const desk = openWatch();
    let finish: (found: AccountReading) => void = () => {};
    desk.answer(() => new Promise(resolve => (finish = resolve)));
    expect(await desk.pass(500)).toBe(1);
    desk.watch.look();
    expect(await desk.pass(60_000)).toBe(0);
    finish(reading());
    expect(await desk.pass(1000)).toBe(1);
  });

  it('reads no more once it is closed, and tells nothing of what still comes', async () => {
    const desk = openWatch();
    let finish: (found: AccountReading) => void = () => {};
    desk.answer(() => new Promise(resolve => (finish = resolve)));
    await desk.pass(500);
    desk.watch.close();
    finish(reading(listed('CA1')));
    desk.watch.look();
    expect(await desk.pass(60_000)).toBe(0);
    expect(desk.sids()).toEqual([]);
    expect(desk.clock.timers()).toBe(0);
  });
});

describe('whoever must know what is live now', () => {
  it('waits for a reading that begins after they asked, never two at once', async () => {
    const desk = openWatch();
    const finish: ((found: AccountReading) => void)[] = [];
    desk.answer(() => new Promise(resolve => finish.push(resolve)));
    await desk.pass(500);
    const done: string[] = [];
    void desk.watch.read().then(() => done.push('first'));
    void desk.watch.read().then(() => done.push('second'));
    expect(await desk.pass(2000)).toBe(0);
    finish[0]?.(reading());
    await desk.settle();
    expect(done).toEqual([]);
    expect(await desk.pass(500)).toBe(1);
    finish[1]?.(reading(listed('CA1')));
    await desk.settle();
    expect(done).toEqual(['first', 'second']);
    expect(desk.sids()).toEqual(['CA1']);
  });

  it('has a reading at once when there was none for a while, though nobody looks', async () => {
    const desk = await watching();
    await desk.pass(5000);
    desk.answerWith(listed('CA1'));
    const read = desk.watch.read();
    desk.clock.advance(0);
    await read;
    expect(desk.sids()).toEqual(['CA1']);
  });

  it('does not wait while the account was asked too much, nor for a line that is down', async () => {
    const desk = await watching();
    desk.refuse(LIMITED);
    await desk.pass(15_000);
    await desk.watch.read();
    expect(await desk.pass(500)).toBe(0);
    const down = await watching();
    down.answer(() => null);
    await down.pass(5000);
    const read = down.watch.read();
    down.clock.advance(0);
    await read;
  });

  it('waits no longer once the watch is closed', async () => {
    const desk = openWatch();
    desk.answer(() => new Promise(() => {}));
    await desk.pass(500);
    const read = desk.watch.read();
    desk.watch.close();
    await read;
    await desk.watch.read();
  });
});

describe('a watch that is refused', () => {
  it('waits longer and longer, tells why once, and keeps what it knew with its time', async () => {
    const desk = await watching(listed('CA1'));
    const readAt = desk.clock.now();
    desk.refuse(LIMITED);
    await desk.pass(4000);
    expect(desk.watchState()).toEqual({ status: 'failed', readAt, isCut: false, problem: LIMITED });
    expect(desk.sids()).toEqual(['CA1']);
    const readsIn = [4000, 8000, 16_000, 32_000, 60_000, 60_000];
    for (const ms of readsIn) expect(await desk.pass(ms)).toBe(1);
    expect(desk.count('account-watch-changed')).toBe(2);
    desk.answerWith(listed('CA1'));
    await desk.pass(60_000);
    expect(desk.watchState()).toMatchObject({ status: 'watching', problem: null });
    expect(await desk.pass(8000)).toBe(2);
  });

  it('because it asked too much is not hurried; one that got no answer is', async () => {
    const desk = await watching();
    desk.refuse(LIMITED);
    await desk.pass(15_000);
    desk.watch.look();
    expect(await desk.pass(3500)).toBe(0);
    expect(await desk.pass(500)).toBe(1);
    desk.refuse(AWAY);
    await desk.pass(8000);
    expect(desk.watchState().problem).toEqual(AWAY);
    desk.watch.look();
    expect(await desk.pass(1000)).toBe(1);
  });

  it('for a reason nobody foresaw goes on too', async () => {
    const desk = await watching();
    desk.answer(() => Promise.reject(new Error('broken')));
    await desk.pass(15_000);
    expect(desk.watchState()).toMatchObject({
      status: 'failed',
      problem: { kind: 'not-available' },
    });
    desk.answerWith(listed('CA1'));
    await desk.pass(4000);
    expect(desk.sids()).toEqual(['CA1']);
  });
});

describe('a watch without a line', () => {
  it('is off, and knows of no calls until there is one again', async () => {
    const desk = await watching(listed('CA1'));
    desk.answer(() => null);
    await desk.pass(4000);
    expect(desk.watchState()).toEqual({
      status: 'off',
      readAt: null,
      isCut: false,
      problem: null,
    });
    expect(desk.sids()).toEqual([]);
    await desk.pass(30_000);
    expect(desk.count('account-watch-changed')).toBe(2);
    desk.answerWith(listed('CA2'));
    desk.lane.emit({ event: 'line-changed', line: { ...LINE_STARTING, status: 'ready' } });
    await desk.pass(1000);
    expect(desk.sids()).toEqual(['CA2']);
  });

  it('forgets the calls of another account, also those on their way', async () => {
    const desk = await watching(listed('CA1'));
    let finish: (found: AccountReading) => void = () => {};
    desk.answer(() => new Promise(resolve => (finish = resolve)));
    await desk.pass(4000);
    const line = { ...LINE_STARTING, kind: 'twilio', accountSid: 'AC2' } as const;
    desk.lane.emit({ event: 'line-changed', line });
    expect(desk.sids()).toEqual([]);
    finish(reading(listed('CA1')));
    await desk.settle();
    expect(desk.sids()).toEqual([]);
    desk.answerWith(listed('CA2'));
    await desk.pass(1000);
    expect(desk.sids()).toEqual(['CA2']);
  });
});

describe('the calls of this desk', () => {
  it('are none of the account’s from the moment they are known, until a while after their end', async () => {
    const desk = await watching(listed('CAa'), listed('CA2'));
    expect(desk.sids()).toEqual(['CA2', 'CAa']);
    desk.lane.emit({ event: 'call-ringing', ...introduction('a') });
    expect(desk.sids()).toEqual(['CA2']);
    desk.lane.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-here' });
    await desk.pass(4000);
    expect(desk.sids()).toEqual(['CA2']);
    await desk.pass(12_000);
    expect(desk.sids()).toEqual(['CA2', 'CAa']);
  });

  it('are left out while Twilio has not named them', async () => {
    const desk = await watching();
    desk.lane.emit({ event: 'call-requested', ...introduction('a', 'outbound'), callSid: null });
    desk.answerWith(listed('CAnew', { direction: 'outbound-api', from: '', to: DANA }));
    await desk.pass(15_000);
    expect(desk.sids()).toEqual([]);
    desk.lane.emit({ event: 'call-named', callId: 'a', callSid: 'CAother' });
    expect(desk.sids()).toEqual(['CAnew']);
  });

  it('leave no seat behind that could be another desk’s, however late Twilio’s lists are', async () => {
    const desk = await watching(listed('CAa'));
    const seated = {
      callSid: 'CAseat',
      conferenceSid: 'CF1',
      label: 'seat-Lee',
      muted: true,
      held: false,
      coaching: null,
      status: 'joined',
    } as const;
    const dana = { ...seated, callSid: 'CAa', label: '', muted: false };
    const conferences = [{ sid: 'CF1', name: 'room-CAa', participants: [dana, seated] }];
    desk.answer(async () => ({ ...reading(listed('CAa')), conferences }));
    for (const fact of followedFacts('a')) desk.lane.emit(fact);
    desk.lane.emit({ event: 'seat-changed', callId: 'a', seat: seat() });
    await desk.pass(4000);
    const others = () => desk.lane.state().accountCalls.map(each => each.others.length);
    expect(others()).toEqual([0]);
    desk.lane.emit({ event: 'seat-changed', callId: 'a', seat: null });
    await desk.pass(4000);
    expect(others()).toEqual([0]);
    await desk.pass(12_000);
    expect(others()).toEqual([1]);
  });

  it('name those of others that they follow, as long as they do', async () => {
    const desk = await watching(listed('CAa'));
    const callIds = () => desk.lane.state().accountCalls.map(({ callId }) => callId);
    for (const fact of followedFacts('a')) desk.lane.emit(fact);
    expect(callIds()).toEqual(['a']);
    desk.lane.emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-here' });
    expect(callIds()).toEqual([null]);
    expect(await desk.pass(1000)).toBe(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import { type Connect, openTunnel } from '../../electron/tunnel/tunnel.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const OFFLINE: Problem = { kind: 'tunnel-down', message: 'Offline.', remedy: 'Go online.' };
const TAKEN: Problem = { kind: 'tunnel-refused', message: 'Taken.', remedy: 'Close the other.' };

type ConnectionEvents = Parameters<Connect>[0];
type Connection = Awaited<ReturnType<Connect>>;
type Tunnel = ReturnType<typeof openTunnel>;
type TunnelState = Parameters<Parameters<typeof openTunnel>[0]['onState']>[0];

/** One try to connect, decided by the test. */
type Try = ConnectionEvents & {
  readonly opens: (url: string) => Promise<void>;
  readonly fails: (error: unknown) => Promise<void>;
};

let clock: FakeClock;
let states: TunnelState[];
let tries: Try[];
let closed: string[];
let tunnel: Tunnel;

/** Lets promises that are settled run on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

function connection(url: string): Connection {
  return {
    url,
    close: async () => {
      closed.push(url);
    },
  };
}

function open(random = 1): Tunnel {
  return openTunnel({
    clock,
    random: () => random,
    onState: state => states.push(state),
    connect: events =>
      new Promise((resolve, reject) => {
        tries.push({
          ...events,
          opens: url => {
            resolve(connection(url));
            return settle();
          },
          fails: error => {
            reject(error);
            return settle();
          },
        });
      }),
  });
}

function latest(): Try {
  const attempt = tries.at(-1);
  if (attempt === undefined) throw new Error('nothing was tried');
  return attempt;
}

beforeEach(() => {
  clock = fakeClock(0);
  states = [];
  tries = [];
  closed = [];
  tunnel = open();
});

describe('a tunnel', () => {
  it('connects and tells its address', async () => {
    await latest().opens('https://desk.ngrok.app');
    expect(states).toEqual([
      { status: 'connecting' },
      { status: 'up', url: 'https://desk.ngrok.app' },
    ]);
    expect(clock.timers()).toBe(0);
  });

  it('tries again after 1, 2, 4 … 30 s', async () => {
    const pauses: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      await latest().fails(new ProblemError(OFFLINE));
      const state = states.at(-1);
      if (state?.status !== 'down') throw new Error('the tunnel is not down');
      expect(state.problem).toBe(OFFLINE);
      pauses.push(state.retryAt - clock.now());
      clock.advance(state.retryAt - clock.now() - 1);
      expect(tries).toHaveLength(turn + 1);
      clock.advance(1);
      expect(tries).toHaveLength(turn + 2);
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('spreads its pauses', async () => {
    await tunnel.close();
    open(0);
    await latest().fails(new ProblemError(OFFLINE));
    expect(states.at(-1)).toMatchObject({ retryAt: 750 });
  });

  it('is patient after a refusal', async () => {
    await latest().fails(new ProblemError(TAKEN));
    expect(states.at(-1)).toEqual({ status: 'down', problem: TAKEN, retryAt: 30_000 });
  });

  it('does not wait for a try that does not end, and closes what it opens too late', async () => {
    const slow = latest();
    clock.advance(15_000);
    expect(states.at(-1)).toMatchObject({ status: 'down', problem: { kind: 'tunnel-down' } });
    clock.advance(1000);
    await latest().opens('https://second.ngrok.app');
    await slow.opens('https://first.ngrok.app');
    expect(closed).toEqual(['https://first.ngrok.app']);
    expect(states.at(-1)).toEqual({ status: 'up', url: 'https://second.ngrok.app' });
  });

  it('lets a lost connection come back by itself', async () => {
    await latest().opens('https://desk.ngrok.app');
    latest().onLost(OFFLINE);
    expect(states.at(-1)).toEqual({ status: 'down', problem: OFFLINE, retryAt: 30_000 });
    latest().onLost(OFFLINE);
    clock.advance(8000);
    latest().onBack();
    latest().onBack();
    expect(states.slice(2)).toEqual([
      { status: 'down', problem: OFFLINE, retryAt: 30_000 },
      { status: 'up', url: 'https://desk.ngrok.app' },
    ]);
    expect(clock.timers()).toBe(0);
    expect(tries).toHaveLength(1);
  });

  it('opens a new connection when a lost one stays away, and hears no more of the old one', async () => {
    const first = latest();
    await first.opens('https://first.ngrok.app');
    first.onLost(OFFLINE);
    clock.advance(30_000);
    expect(closed).toEqual(['https://first.ngrok.app']);
    await latest().opens('https://second.ngrok.app');
    first.onLost(OFFLINE);
    first.onBack();
    expect(states.at(-1)).toEqual({ status: 'up', url: 'https://second.ngrok.app' });
  });

  it('forgets earlier failures once a connection has held for half a minute', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await latest().fails(new ProblemError(OFFLINE));
      tunnel.retryNow();
    }
    await latest().opens('https://desk.ngrok.app');
    clock.advance(30_000);
    latest().onLost(OFFLINE);
    clock.advance(30_000);
    const before = clock.now();
    await latest().fails(new ProblemError(OFFLINE));
    expect(states.at(-1)).toMatchObject({ retryAt: before + 1000 });
  });

  it('tries at once when asked to, unless it is up or trying', async () => {
    tunnel.retryNow();
    expect(tries).toHaveLength(1);
    await latest().fails(new ProblemError(OFFLINE));
    tunnel.retryNow();
    expect(tries).toHaveLength(2);
    await latest().opens('https://desk.ngrok.app');
    tunnel.retryNow();
    expect(tries).toHaveLength(2);
    clock.advance(60_000);
    expect(tries).toHaveLength(2);
  });

  it('outlives what nobody expected', async () => {
    await latest().fails(new TypeError('the agent broke'));
    expect(states.at(-1)).toMatchObject({ status: 'down', problem: { kind: 'tunnel-down' } });
    clock.advance(1000);
    expect(tries).toHaveLength(2);
  });

  it('closes for good, whatever it is doing', async () => {
    await latest().opens('https://desk.ngrok.app');
    await tunnel.close();
    await tunnel.close();
    latest().onLost(OFFLINE);
    tunnel.retryNow();
    expect(closed).toEqual(['https://desk.ngrok.app']);
    expect(states.at(-1)?.status).toBe('up');

    const second = open();
    await second.close();
    await latest().opens('https://late.ngrok.app');
    expect(closed).toContain('https://late.ngrok.app');

    const third = open();
    await latest().fails(new ProblemError(OFFLINE));
    await third.close();
    expect(clock.timers()).toBe(0);
  });

  it('does not wait for a connection that does not close', async () => {
    const stuck = openTunnel({
      clock,
      random: () => 1,
      onState: () => {},
      connect: async () => ({
        url: 'https://stuck.ngrok.app',
        close: () => new Promise(() => {}),
      }),
    });
    await settle();
    const done = stuck.close();
    await settle();
    clock.advance(2000);
    await done;
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { LINE_STARTING, type LineTest, UNTESTED } from '../../electron/core/line.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createLineTest } from '../../electron/line/line-test.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { AUTH_TOKEN } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { openWebhookServer } from '../support/webhook-server.ts';

/** The tester of a line at an address, and what it told. */
function testerAt(url: string | null, isHere = false) {
  const clock = fakeClock();
  let ids = 0;
  const newId = (): string => `id-${ids++}`;
  const lane = createFactLane(clock, quietLog, newId);
  const address = { ...LINE_STARTING.address, url, status: 'up', kind: 'given' } as const;
  lane.emit({ event: 'address-changed', address });
  const told: LineTest[] = [];
  lane.steps.on(({ event }) => {
    if (event.event === 'line-tested') told.push(event.test);
  });
  const tester = createLineTest({
    clock,
    newId,
    deskId: 'this desk',
    authToken: AUTH_TOKEN,
    isHere,
    state: lane.state,
    emit: lane.emit,
  });
  onTestFinished(() => tester.close());
  return { clock, lane, tester, told };
}

async function openServer(port?: number) {
  const server = await openWebhookServer({ deskId: 'this desk' }, port);
  onTestFinished(() => server.close());
  return server;
}

describe('the test of a line', () => {
  it('tells that it begins, then that this desk was reached and how fast', async () => {
    const { local } = await openServer();
    const { clock, lane, tester, told } = testerAt(local);
    const at = clock.now();
    const expected = { ...UNTESTED, status: 'reached', at, roundTripMs: expect.any(Number) };
    expect(await tester.run()).toEqual(expected);
    expect(told).toEqual([{ ...UNTESTED, status: 'testing' }, expected]);
    expect(lane.state().line.test).toEqual(expected);
  });

  it('does not begin again once it is closed', async () => {
    const { local } = await openServer();
    const { clock, tester, told } = testerAt(local);
    tester.close();
    tester.begin();
    expect(clock.timers()).toBe(0);
    expect(told).toEqual([]);
  });

  it('tests nothing without a public address', async () => {
    const { clock, tester } = testerAt(null);
    expect(await tester.run()).toEqual({ ...UNTESTED, at: clock.now() });
  });

  it('tells since when it fails, and why, until it does not', async () => {
    const server = await openServer();
    const { clock, tester } = testerAt(server.local);
    expect((await tester.run()).status).toBe('reached');
    await server.close();
    clock.advance(1000);
    const failedSince = clock.now();
    const problem = expect.objectContaining({ kind: 'not-reachable' });
    const failed = await tester.run();
    expect(failed).toEqual({
      ...UNTESTED,
      status: 'failed',
      at: failedSince,
      failedSince,
      problem,
    });
    clock.advance(1000);
    expect(await tester.run()).toMatchObject({ at: failedSince + 1000, failedSince });
    await openServer(server.port);
    expect(await tester.run()).toMatchObject({
      status: 'reached',
      failedSince: null,
      problem: null,
    });
  });

  it('fails at the address of another desk', async () => {
    const other = await openWebhookServer({ deskId: 'another desk' });
    onTestFinished(() => other.close());
    const { tester } = testerAt(other.local);
    expect((await tester.run()).status).toBe('failed');
  });

  it('runs once for all who ask at the same time', async () => {
    const { local } = await openServer();
    const { tester, told } = testerAt(local);
    const [first, second] = await Promise.all([tester.run(), tester.run()]);
    expect(second).toBe(first);
    expect(told).toHaveLength(2);
  });
});

describe('a line that is tested regularly', () => {
  it('is tested at once and every half minute, until it closes', async () => {
    const { local } = await openServer();
    const { clock, tester, told } = testerAt(local);
    const reached = (): number => told.filter(({ status }) => status === 'reached').length;
    tester.begin();
    await until(() => reached() === 1);
    clock.advance(29_999);
    expect(reached()).toBe(1);
    clock.advance(1);
    await until(() => reached() === 2);
    tester.begin();
    await until(() => reached() === 3);
    tester.close();
    // The last stream of the test closes a moment after the test.
    await until(() => clock.timers() === 0);
  });

  it('says nothing more once it is closed', async () => {
    const { local } = await openServer();
    const { tester, told } = testerAt(local);
    const running = tester.run();
    tester.close();
    await running;
    expect(told.map(({ status }) => status)).toEqual(['testing']);
  });

  it('is not tested when it is on this computer, unless it is asked for', async () => {
    const { local } = await openServer();
    const { clock, tester, told } = testerAt(local, true);
    tester.begin();
    expect(clock.timers()).toBe(0);
    expect(told).toEqual([]);
    expect((await tester.run()).status).toBe('reached');
  });
});

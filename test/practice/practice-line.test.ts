import { describe, expect, it } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { fastClock } from './fast-clock.ts';
import { eventually, openLine, response, streamTo } from './fixture.ts';
import { testPerson } from './people.ts';

/** A fast clock that knows how many timers are set. */
function countingClock() {
  const clock = fastClock(10);
  const timers = new Set<object>();
  const after: Clock['after'] = (delayMs, run) => {
    const timer = {};
    timers.add(timer);
    const cancel = clock.after(delayMs, () => {
      timers.delete(timer);
      run();
    });
    return () => {
      timers.delete(timer);
      cancel();
    };
  };
  return { clock: { ...clock, after }, timers };
}

const sockets = (): string[] =>
  process.getActiveResourcesInfo().filter(name => /TCP|MessagePort|Worker/.test(name));

describe('a practice line', () => {
  it('has credentials and a number of its own', async () => {
    const one = await openLine();
    const other = await openLine();
    expect(one.line.accountSid).toMatch(/^AC[0-9a-f]{32}$/);
    expect(one.line.authToken).toMatch(/^[0-9a-f]{32}$/);
    expect(one.line.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.line.number).toBe('+14155550100');
    expect(other.line.accountSid).not.toBe(one.line.accountSid);
    expect(other.line.authToken).not.toBe(one.line.authToken);
  });

  it('knows nothing of a call it never had', async () => {
    const { line } = await openLine();
    expect(line.heardBy('CA0')).toBeNull();
    expect(line.saidBy('CA0')).toBeNull();
    line.sendDigits('CA0', '1');
    line.farHangUp('CA0');
  });

  it('lets the far person hang up before the answer', async () => {
    const line = await openLine([testPerson({ pickUp: { does: 'ring-out' } })]);
    const { sid } = await line.call('<Hangup/>');
    line.line.farHangUp(sid);
    expect(await line.status(sid)).toBe('busy');
  });

  it('loses its streams as a broken connection does, and goes on with the next verb', async () => {
    const { app, call, line, status } = await openLine();
    const { sid } = await call(`${streamTo(app)}<Pause length="600"/>`);
    await eventually(() => expect(app.streams[0]?.messages.length).toBeGreaterThan(5));
    line.loseStreams();
    await eventually(() => expect(app.streams[0]?.closeCode).toBe(1006));
    await eventually(() => expect(line.alerts()).toMatchObject([{ code: 31921, callSid: sid }]));
    expect(app.streams[0]?.ofEvent('stop')).toEqual([]);
    expect(await status(sid)).toBe('in-progress');
  });

  it('cannot reach the app while it pretends so, and can again afterwards', async () => {
    const { app, call, line } = await openLine();
    await call(`${streamTo(app)}<Pause length="600"/>`);
    await eventually(() => expect(app.streams[0]?.messages.length).toBeGreaterThan(5));
    line.pretend({ unreachable: true });
    await eventually(() => expect(app.streams[0]?.closeCode).toBe(1006));
    await call(streamTo(app));
    await call('', { twiml: undefined, url: app.on('/voice', response('<Hangup/>')) });
    await eventually(() =>
      expect(line.alerts().map(({ code }) => code)).toEqual([31901, 31901, 11205]),
    );
    expect(app.streams).toHaveLength(1);
    expect(app.received).toEqual([]);
    line.pretend({ unreachable: false });
    await call(streamTo(app));
    await eventually(() => expect(app.streams).toHaveLength(2));
  });

  it('can be closed twice and leaves nothing behind', async () => {
    const { clock, timers } = countingClock();
    const people = [testPerson(), testPerson({ number: '+14155550122' })];
    const line = await openLine(people, clock);
    const [number] = await line.client.incomingPhoneNumbers.list();
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({
      voiceUrl: line.app.on('/ring', response('<Pause length="60"/>')),
    });
    await line.line.ringIn();
    await line.call(streamTo(line.app));
    await line.call('<Dial>+14155550122</Dial>');
    await line.call('<Gather timeout="60"/>');
    await line.call('<Enqueue>q</Enqueue>');
    await eventually(() => expect(line.app.streams[0]?.messages.length).toBeGreaterThan(10));
    await Promise.all([line.line.close(), line.line.close()]);
    await line.app.close();
    expect(timers.size).toBe(0);
    await eventually(() => expect(sockets()).toEqual([]));
    await expect(line.line.ringIn()).rejects.toThrow('closed');
  });
});

import { describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../support/desk.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { until } from '../support/until.ts';

/** Machines that take every call at once and go on for ten minutes. */
const TONES = ['+14155550180', '+14155550181', '+14155550182'];

const refused = (kind: string) => ({
  ok: false,
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

/** A desk in so many calls, all with sound. */
async function deskInCalls(count: number): Promise<{ desk: Desk; calls: readonly string[] }> {
  const desk = await openDesk();
  for (const to of TONES.slice(0, count)) await desk.run({ command: 'dial', to });
  await until(() => desk.events.filter(({ event }) => event === 'stream-started').length === count);
  return { desk, calls: desk.state().calls.map(({ id }) => id) };
}

/** The qualities the command tells. */
async function qualities(desk: Desk, name: object = {}) {
  const outcome = await desk.run({ command: 'quality', ...name });
  if (!outcome.ok || !('qualities' in outcome)) throw new Error('no qualities');
  return outcome.qualities;
}

describe('how a call is heard here', () => {
  it('is changed for that call only: its volume, its place, whether it is heard at all', async () => {
    const { desk, calls } = await deskInCalls(2);
    const [callId, other] = calls;
    for (const command of [
      { command: 'set-volume', volume: 0.5 },
      { command: 'set-pan', pan: -1 },
      { command: 'silence', on: true },
    ]) {
      expect(await desk.run({ ...command, callId })).toEqual({ ok: true });
    }
    const state = desk.state().calls;
    expect(state.find(({ id }) => id === callId)).toMatchObject({
      volume: 0.5,
      pan: -1,
      silenced: true,
    });
    expect(state.find(({ id }) => id === other)).toMatchObject({
      volume: 1,
      pan: 0,
      silenced: false,
    });
    await desk.run({ command: 'silence', callId, on: false });
    expect(await desk.event('silence-changed', { callId, on: false })).toBeDefined();
  });

  it('may be alone, one call at a time', async () => {
    const { desk, calls } = await deskInCalls(3);
    const alone = () =>
      desk.state().calls.flatMap(call => ('solo' in call && call.solo ? call.id : []));
    for (const callId of calls) {
      await desk.run({ command: 'solo', callId, on: true });
      expect(alone()).toEqual([callId]);
    }
    await desk.run({ command: 'solo', callId: calls[0], on: false });
    expect(alone()).toEqual([calls[2]]);
    await desk.run({ command: 'solo', callId: calls[2], on: false });
    expect(alone()).toEqual([]);
  });

  it('is refused of a call that is not live, and of places there are not', async () => {
    const desk = await openDesk();
    await desk.run({ command: 'ring-me' });
    const { callId } = await desk.event('call-ringing');
    for (const command of [
      { command: 'set-pan', pan: 0 },
      { command: 'silence', on: true },
      { command: 'solo', on: true },
    ]) {
      expect(await desk.run({ ...command, callId })).toMatchObject(refused('wrong-call-state'));
      expect(await desk.run({ ...command, callId: 'x' })).toMatchObject(refused('no-such-call'));
    }
    expect(await desk.run({ command: 'set-pan', callId, pan: 2 })).toMatchObject({ ok: false });
  });
});

describe('how the sound of calls goes', () => {
  it('is told of all live calls, or of one', async () => {
    const { desk, calls } = await deskInCalls(2);
    const [callId] = calls;
    const all = await qualities(desk);
    expect(all.map(each => each.callId).sort()).toEqual([...calls].sort());
    const one = await qualities(desk, { callId });
    expect(one.map(each => each.callId)).toEqual([callId]);
    const sid = desk.state().calls.find(({ id }) => id === callId)?.sid;
    expect((await qualities(desk, { callSid: sid })).map(each => each.callId)).toEqual([callId]);
    expect(await desk.run({ command: 'quality', callId: 'x' })).toMatchObject(
      refused('no-such-call'),
    );
  });

  it('is told of a call after its end as it was then, also in a later run', async () => {
    const { desk, calls } = await deskInCalls(1);
    const [callId] = calls;
    const heard: number[] = [];
    desk.app.signals.on(({ qualities: told }) => {
      for (const { quality } of told) heard.push(quality.receivedFrames);
    });
    await until(() => heard.length > 0);
    await desk.run({ command: 'hang-up', callId });
    const { quality } = await desk.event('sound-measured', { callId });
    expect(quality.receivedFrames).toBeGreaterThanOrEqual(heard.at(-1) ?? 0);
    expect(await qualities(desk)).toEqual([]);
    expect(await qualities(desk, { callId })).toEqual([{ callId, quality }]);
    await desk.close();
    const next = await openDesk({ dataDir: desk.dataDir });
    expect(await qualities(next, { callId })).toEqual([{ callId, quality }]);
  });
});

describe('the test of the speaker', () => {
  it('is refused in a run without sound', async () => {
    const desk = await openDesk();
    expect(await desk.run({ command: 'test-speaker' })).toMatchObject(refused('not-available'));
  });

  it('opens the card for it', async () => {
    const { launch } = fakeDeviceProcesses();
    const desk = await openDesk({ sound: { launch, pages: null, microphoneAccess: null } });
    expect(await desk.run({ command: 'test-speaker' })).toEqual({ ok: true });
    expect(desk.state().soundCheck).toBe(true);
  });
});

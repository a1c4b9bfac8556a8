import { describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../support/desk.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { until } from '../support/until.ts';

/** A machine that takes every call at once and goes on for ten minutes. */
const TONE = '+14155550180';

const refused = (kind: string) => ({
  ok: false,
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

/** A desk with a sound card; it opens no device. */
function deskWithCard(dataDir?: string): Promise<Desk> {
  const sound = { launch: fakeDeviceProcesses().launch, pages: null, microphoneAccess: null };
  return openDesk(dataDir === undefined ? { sound } : { sound, dataDir });
}

/** Dials the machine and waits for its sound. */
async function talking(desk: Desk): Promise<string> {
  await desk.run({ command: 'dial', to: TONE });
  const { callId } = await desk.event('call-requested');
  await desk.event('stream-started', { callId });
  return callId;
}

/** Waits until so much of a call was heard. */
async function heard(desk: Desk, callId: string, frames: number): Promise<void> {
  let length = 0;
  desk.app.signals.on(({ calls }) => {
    for (const call of calls) {
      if (call.callId === callId) length = Math.max(length, call.firstFrame + call.them.length);
    }
  });
  await until(() => length >= frames);
}

/** Records a call for half a second, then ends it. */
async function recordedCall(desk: Desk): Promise<string> {
  const callId = await talking(desk);
  expect(await desk.run({ command: 'record', callId, on: true })).toEqual({ ok: true });
  await heard(desk, callId, 25);
  await desk.run({ command: 'hang-up', callId });
  await desk.event('recording-saved', { callId });
  return callId;
}

describe('sound of the past', () => {
  it('is not played in a run without a sound card', async () => {
    const desk = await openDesk();
    const callId = await talking(desk);
    expect(await desk.run({ command: 'start-replay', callId })).toMatchObject(
      refused('not-available'),
    );
    expect(desk.state().replay).toBeNull();
  });

  it('of a call of an earlier run is named by its SID too', async () => {
    const desk = await deskWithCard();
    const callId = await recordedCall(desk);
    const { callSid } = await desk.event('call-named', { callId });
    await desk.close();
    const later = await deskWithCard(desk.dataDir);
    expect(await later.run({ command: 'start-replay', callSid })).toEqual({ ok: true });
    expect(later.state().replay).toMatchObject({ callId, source: 'kept' });
  });

  it('of a live call is played, paused, tuned and stopped', async () => {
    const desk = await deskWithCard();
    const callId = await talking(desk);
    await heard(desk, callId, 25);
    const start = { command: 'start-replay', callId, atMs: 100, speed: 1.5 };
    expect(await desk.run(start)).toEqual({ ok: true });
    const replay = { callId, source: 'live', playing: true, speed: 1.5, skipSilence: false };
    expect(desk.state().replay).toEqual(replay);
    await desk.run({ command: 'pause-replay', on: true });
    expect(desk.state().replay).toEqual({ ...replay, playing: false });
    expect(await desk.run({ command: 'seek-replay', atMs: 200 })).toEqual({ ok: true });
    await desk.run({ command: 'tune-replay', skipSilence: true });
    expect(desk.state().replay).toMatchObject({ speed: 1.5, skipSilence: true });
    await desk.run({ command: 'tune-replay', speed: 1 });
    expect(desk.state().replay).toMatchObject({ speed: 1, skipSilence: true });
    await desk.run({ command: 'end-replay' });
    expect(desk.state().replay).toBeNull();
  });

  it('goes on as a recording when its call ends', async () => {
    const desk = await deskWithCard();
    const callId = await talking(desk);
    await heard(desk, callId, 25);
    await desk.run({ command: 'start-replay', callId });
    await desk.run({ command: 'hang-up', callId });
    await desk.event('call-ended', { callId });
    expect(desk.state().replay).toMatchObject({ callId, source: 'kept', playing: true });
  });

  it('of a recorded call is played after its end, also in a later run', async () => {
    const desk = await deskWithCard();
    const callId = await recordedCall(desk);
    const kept = { callId, source: 'kept', playing: true };
    expect(await desk.run({ command: 'start-replay', callId })).toEqual({ ok: true });
    expect(desk.state().replay).toMatchObject(kept);
    await desk.close();
    const next = await deskWithCard(desk.dataDir);
    expect(await next.run({ command: 'start-replay', callId })).toEqual({ ok: true });
    expect(next.state().replay).toMatchObject(kept);
  });

  it('is refused of a call that was not recorded, and of one that is not known', async () => {
    const desk = await deskWithCard();
    const callId = await talking(desk);
    await desk.run({ command: 'hang-up', callId });
    await desk.event('call-ended', { callId });
    expect(await desk.run({ command: 'start-replay', callId })).toMatchObject(
      refused('no-recording'),
    );
    expect(await desk.run({ command: 'start-replay', callId: 'x' })).toMatchObject(
      refused('no-such-call'),
    );
  });

  it('cannot be paused, moved or tuned while nothing plays, and may be stopped', async () => {
    const desk = await deskWithCard();
    for (const command of [
      { command: 'pause-replay', on: true },
      { command: 'seek-replay', atMs: 0 },
      { command: 'tune-replay', speed: 2 },
    ]) {
      expect(await desk.run(command)).toMatchObject(refused('wrong-call-state'));
    }
    expect(await desk.run({ command: 'end-replay' })).toEqual({ ok: true });
  });
});

import { describe, expect, it } from 'vitest';
import { modeOf } from '../../electron/core/room.ts';
import { conferenceCall, FAIR, supervisionRig } from './supervision-rig.ts';

describe('listening', () => {
  it('takes no seat, and leaves nothing', async () => {
    const rig = supervisionRig();
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    expect(rig.room(callId)).toMatchObject({ listening: true, seat: null });
    expect(rig.model.seats()).toEqual([]);
    rig.supervision.leave(callId);
    await rig.pass(2000);
    expect([...rig.model.streams]).toEqual([]);
    expect(rig.leaks).toEqual([]);
  });
});

describe('every mode', () => {
  it('is confirmed, heard by whom it says, and left without a trace', async () => {
    // Replies come at once: nothing but the pause keeps what was said before from other ears.
    const rig = supervisionRig({ ...FAIR, delayMs: () => 0 });
    const { call, agent, customer } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    for (const from of ['listen', 'whisper', 'barge', 'takeover'] as const) {
      for (const to of ['listen', 'whisper', 'barge', 'takeover'] as const) {
        for (const mode of [from, to]) {
          await rig.supervision.mode(callId, mode);
          await rig.pass(600);
          rig.unmute(callId);
          await rig.pass(50);
          const expected = {
            listen: [],
            whisper: [agent],
            barge: [customer, agent],
            takeover: [customer],
          }[mode];
          expect(rig.model.hearing(callId, 0)).toEqual(expected);
          expect(rig.lane.state().calls[0]).toMatchObject({ room: { requested: null } });
        }
      }
    }
    rig.supervision.leave(callId);
    await rig.pass(3000);
    expect(rig.leaks).toEqual([]);
    expect(rig.model.seats()).toEqual([]);
    expect([...rig.model.streams]).toEqual([]);
    expect([...rig.model.heldHere]).toEqual([]);
  });
});

describe('what was said before a change', () => {
  it('is waited for however long the connection holds it up', async () => {
    const rig = supervisionRig({ ...FAIR, delayMs: () => 0, standMs: 900 });
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    for (const mode of ['takeover', 'barge', 'whisper'] as const) {
      await rig.supervision.mode(callId, mode);
      await rig.pass(2000);
      const room = rig.room(callId);
      expect(room && modeOf(room)).toBe(mode);
      rig.unmute(callId);
      await rig.pass(50);
    }
    expect(rig.leaks).toEqual([]);
  });

  it('keeps the microphone shut when it does not come through', async () => {
    const rig = supervisionRig();
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    await rig.supervision.mode(callId, 'takeover');
    await rig.pass(1000);
    rig.unmute(callId);
    rig.weather.standMs = 60_000;
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(6000);
    const refused = rig.events.find(event => event.event === 'mode-refused');
    expect(refused).toMatchObject({ problem: { kind: 'not-confirmed' } });
    expect(JSON.stringify(refused)).toContain(
      'still on its way after 3 s. You are still only listening.',
    );
    expect(rig.room(callId)).toMatchObject({
      requested: null,
      seat: { confirmed: { muted: true } },
    });
    expect(rig.leaks).toEqual([]);
  });
});

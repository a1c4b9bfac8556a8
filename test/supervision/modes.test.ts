import { describe, expect, it } from 'vitest';
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

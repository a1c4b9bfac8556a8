import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { type CallsOfOthers, OTHER, openCallsOfOthers, SEAT } from './calls-of-others.ts';

let harness: CallsOfOthers;

beforeEach(async () => {
  harness = await openCallsOfOthers();
});

afterEach(() => harness.close());

describe('a seat', () => {
  it('joins muted, hears all, changes as Twilio confirms it and is taken out', async () => {
    const { rooms, agent, sid } = await harness.conference();
    const seat = await rooms.takeSeat('call-a', sid, SEAT);
    expect(seat).toMatchObject({ conferenceSid: sid, label: 'seat-Lee', muted: true });
    await until(harness.isStreamOn);
    await until(() => (harness.seats[0]?.heard.length ?? 0) > 5);
    expect(harness.news.find(({ kind }) => kind === 'stream')).toMatchObject({
      purpose: 'seat',
      callId: 'call-a',
      callSid: seat.callSid,
    });
    const change = (wanted: Parameters<typeof rooms.change>[2]) =>
      rooms.change(sid, seat.callSid, wanted);
    expect(await change({ coaching: agent })).toMatchObject({ muted: true, coaching: agent });
    expect(await change({ muted: false })).toMatchObject({ muted: false, coaching: agent });
    expect(await change({ coaching: null })).toMatchObject({ muted: false, coaching: null });
    expect(await rooms.change(sid, agent, { hold: true })).toMatchObject({ held: true });
    // It is nobody's call.
    expect((await rooms.read()).calls.map(call => call.sid)).not.toContain(seat.callSid);
    await rooms.remove(sid, seat.callSid);
    await until(() => harness.seats[0]?.ended === true);
    await until(() =>
      harness.news.some(told => told.kind === 'leg' && told.status === 'completed'),
    );
    expect(harness.told()).toEqual([]);
    expect(harness.practice.alerts()).toEqual([]);
  });

  it('is closed at once, and its leg ends by itself', async () => {
    const { rooms, sid } = await harness.conference();
    const { callSid } = await rooms.takeSeat('call-a', sid, SEAT);
    await until(harness.isStreamOn);
    rooms.closeSeat('call-a');
    expect(harness.seats[0]?.ended).toBe(true);
    expect(harness.seats[0]?.stream.send(new Uint8Array(160))).toBe(false);
    await until(async () => (await harness.client.calls(callSid).fetch()).status === 'completed');
    expect(await rooms.participants(sid)).toHaveLength(2);
  });

  it('that nobody asked for, or that has its stream, gets none', async () => {
    const { rooms, sid } = await harness.conference();
    const { callSid } = await rooms.takeSeat('call-a', sid, SEAT);
    await until(harness.isStreamOn);
    const ask = async (params: Record<string, string>) =>
      (await harness.post('/voice/seat', params)).text();
    for (const params of [
      {},
      { CallSid: callSid },
      { CallSid: callSid, seat: 'made-up', call_id: 'call-a' },
      { CallSid: `CA${'1'.repeat(32)}`, seat: '__proto__' },
    ]) {
      expect(await ask(params)).toContain('<Response><Hangup/></Response>');
    }
  });

  it('leaves nothing behind when the line closes', async () => {
    const { rooms, customer, sid } = await harness.conference();
    const { callSid } = await rooms.takeSeat('call-a', sid, SEAT);
    await rooms.startStream('call-a', customer, 'monitor');
    await until(harness.isStreamOn);
    expect(await harness.client.applications.list()).toHaveLength(1);
    await harness.line.close();
    expect(await harness.client.applications.list()).toEqual([]);
    await until(async () => (await harness.client.calls(callSid).fetch()).status === 'completed');
    expect((await harness.client.calls(customer).fetch()).status).toBe('in-progress');
  });

  it('can be a telephone, which hears and is heard by nobody', async () => {
    const { rooms, sid } = await harness.conference();
    const seat = { way: 'phone', desk: 'Lee', to: OTHER.number } as const;
    const { callSid } = await rooms.takeSeat('call-a', sid, seat);
    await until(async () => (await rooms.participants(sid)).length === 3);
    const there = (await rooms.participants(sid)).find(each => each.callSid === callSid);
    expect(there).toMatchObject({ label: 'seat-Lee', muted: true, status: 'joined' });
    expect(harness.told()).toEqual([]);
  });

  it('can be a second number of the account, and rings at no desk', async () => {
    const { rooms, sid } = await harness.conference();
    const seat = { way: 'number', desk: 'Lee', to: '+14155550111' } as const;
    const { callSid } = await rooms.takeSeat('call-a', sid, seat);
    await until(harness.isStreamOn);
    await until(() => (harness.seats[0]?.heard.length ?? 0) > 5);
    expect(harness.news.find(({ kind }) => kind === 'stream')).toMatchObject({ callSid });
    expect((await rooms.read()).calls).toHaveLength(2);
    await rooms.remove(sid, callSid);
    await until(() => harness.seats[0]?.ended === true);
    expect(harness.told()).toEqual([]);
    const stray = { From: harness.practice.number, To: seat.to, Direction: 'inbound' };
    const params = { ...stray, CallSid: `CA${'7'.repeat(32)}`, CallStatus: 'ringing' };
    expect(await (await harness.post('/voice/webhook', params)).text()).toContain('<Hangup/>');
    expect(harness.told()).toEqual([]);
  });

  it('is refused where Twilio does not take the way', async () => {
    const { rooms, sid } = await harness.conference();
    const refused = { problem: { kind: 'seat-refused' } };
    for (const seat of [
      { ...SEAT, way: 'number', to: 'nowhere' } as const,
      { ...SEAT, way: 'phone' } as const,
    ]) {
      await expect(rooms.takeSeat('call-a', sid, seat)).rejects.toMatchObject(refused);
    }
    const over = rooms.takeSeat('call-a', `CF${'0'.repeat(32)}`, SEAT);
    await expect(over).rejects.toMatchObject({ problem: { kind: 'call-over' } });
  });
});

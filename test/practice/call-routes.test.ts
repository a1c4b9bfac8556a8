import { describe, expect, it } from 'vitest';
import { ends, eventually, type Fixture, openLine, response } from './fixture.ts';
import { testPerson } from './people.ts';

const WAIT = '<Pause length="600"/>';

async function inProgress(line: Fixture, sid: string): Promise<void> {
  await eventually(async () => expect(await line.status(sid)).toBe('in-progress'));
}

describe('creating a call', () => {
  it('answers with the call as Twilio writes it', async () => {
    const line = await openLine();
    const call = await line.call(WAIT);
    expect(call).toMatchObject({
      accountSid: line.line.accountSid,
      status: 'queued',
      direction: 'outbound-api',
      from: '+14155550100',
      fromFormatted: '(415) 555-0100',
      to: '+14155550121',
      duration: null,
      endTime: null,
      apiVersion: '2010-04-01',
    });
    expect(call.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(call.phoneNumberSid).toMatch(/^PN/);
    expect(call.dateCreated).toBeInstanceOf(Date);
    expect(call.uri).toContain(`/Calls/${call.sid}.json`);
  });

  it.each([
    ['no To', { to: '' }, 21201],
    ['no From', { from: '' }, 21213],
    ['a To that is no number', { to: 'dana' }, 21211],
    ['a From that is no number', { from: 'us' }, 21212],
    ['a From that is not ours', { from: '+14155550101' }, 21210],
    ['a From that only takes messages', { from: '+14155550112' }, 21210],
    ['a MachineDetection that is none', { machineDetection: 'Maybe' }, 20001],
    [
      'a MachineDetectionTimeout out of range',
      { machineDetection: 'Enable', machineDetectionTimeout: 90 },
      20001,
    ],
    ['no instructions', { twiml: undefined }, 21205],
    ['a Url that is none', { url: 'nowhere' }, 21205],
    ['SendDigits that are none', { sendDigits: 'hello' }, 21217],
    ['a Timeout out of range', { timeout: 100_000 }, 20001],
    ['Twilio’s invalid test number', { to: '+15005550001' }, 21211],
    ['Twilio’s unreachable test number', { to: '+15005550002' }, 21214],
    ['Twilio’s foreign test number', { to: '+15005550003' }, 21215],
    ['Twilio’s denied test number', { to: '+15005550004' }, 21216],
  ])('is refused with %s', async (_, change, code) => {
    const { line, client } = await openLine();
    const usual = { to: '+14155550121', from: line.number, twiml: response(WAIT) };
    await expect(client.calls.create({ ...usual, ...change } as never)).rejects.toMatchObject({
      status: 400,
      code,
    });
  });
});

describe('asking for calls', () => {
  it('shows one, and 20404 for one that is not there', async () => {
    const line = await openLine();
    const call = await line.call(WAIT);
    expect((await line.client.calls(call.sid).fetch()).sid).toBe(call.sid);
    await expect(line.client.calls(`CA${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
    });
  });

  it('lists the latest first, filtered, page by page', async () => {
    const line = await openLine();
    const sids: string[] = [];
    for (let count = 0; count < 5; count += 1) sids.push((await line.call(WAIT)).sid);
    const { callSid } = await line.line.ringIn();
    const all = await line.client.calls.list({ pageSize: 2 });
    expect(all.map(call => call.sid)).toEqual([...sids, callSid].reverse());
    const failed = await line.client.calls.list({ status: 'failed' });
    expect(failed.map(call => call.sid)).toEqual([callSid]);
    expect(await line.client.calls.list({ to: line.line.number })).toHaveLength(1);
    expect(await line.client.calls.list({ to: '+14155550121', limit: 3 })).toHaveLength(3);
  });
});

describe('changing a call', () => {
  it('ends a live call', async () => {
    const line = await openLine();
    const { sid } = await line.call(WAIT);
    await inProgress(line, sid);
    const ended = await line.client.calls(sid).update({ status: 'completed' });
    expect(ended.status).toBe('completed');
    expect(Number(ended.duration)).toBeGreaterThanOrEqual(0);
    expect(ended.endTime).toBeInstanceOf(Date);
  });

  it('cancels a ringing call but not a live one', async () => {
    const line = await openLine([testPerson({ pickUp: { does: 'ring-out' } })]);
    const ringing = await line.call(WAIT);
    await eventually(async () => expect(await line.status(ringing.sid)).toBe('ringing'));
    await line.client.calls(ringing.sid).update({ status: 'canceled' });
    await ends(line, ringing.sid, 'canceled');

    const other = await openLine();
    const live = await other.call(WAIT);
    await inProgress(other, live.sid);
    const same = await other.client.calls(live.sid).update({ status: 'canceled' });
    expect(same.status).toBe('in-progress');
  });

  it('gives a live call other instructions, as text and by URL', async () => {
    const line = await openLine();
    const { sid } = await line.call(WAIT);
    await inProgress(line, sid);
    await line.client.calls(sid).update({ twiml: response(WAIT) });
    expect(await line.status(sid)).toBe('in-progress');
    const url = line.app.on('/bye', response('<Hangup/>'));
    await line.client.calls(sid).update({ url, method: 'GET' });
    await ends(line, sid, 'completed');
    expect(line.app.requests('/bye')[0]).toMatchObject({ method: 'GET' });
  });

  it('is refused with 21220 when the call is over or rings', async () => {
    const line = await openLine([testPerson({ pickUp: { does: 'ring-out' } })]);
    const { sid } = await line.call(WAIT);
    await expect(
      line.client.calls(sid).update({ twiml: response('<Hangup/>') }),
    ).rejects.toMatchObject({ code: 21220 });
    await line.client.calls(sid).update({ status: 'completed' });
    await expect(line.client.calls(sid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    });
  });
});

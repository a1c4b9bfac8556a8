import { describe, expect, it } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { fastClock } from './fast-clock.ts';
import { ends, eventually, type Fixture, loudness, openLine } from './fixture.ts';

const NOTHING = new Int16Array();

async function inRoom(line: Fixture, count = 1) {
  return eventually(async () => {
    const rooms = await line.client.conferences.list({ status: 'in-progress' });
    expect(rooms).toHaveLength(count);
    return rooms;
  });
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a scene', { retry: 2 }, () => {
  it('of a conference joins a customer and an agent, who talk to each other in turn', async () => {
    const line = await openLine(people);
    const { callSid } = await line.line.scene('conference');
    const [room] = await inRoom(line);
    expect(room?.friendlyName).toBe('support-1');
    const inside = await line.client.conferences(room?.sid ?? '').participants.list();
    expect(Object.fromEntries(inside.map(one => [one.label, one.callSid]))).toMatchObject({
      customer: callSid,
      agent: expect.stringMatching(/^CA/),
    });
    const agent = inside.find(({ label }) => label === 'agent')?.callSid ?? '';
    expect(await line.client.calls(callSid).fetch()).toMatchObject({
      direction: 'inbound',
      from: '+14155550101',
    });
    expect(await line.client.calls(agent).fetch()).toMatchObject({ to: '+14155550114' });
    for (const sid of [callSid, agent]) {
      await eventually(() => {
        const said = line.line.saidBy(sid) ?? NOTHING;
        expect(loudness(said)).toBeGreaterThan(100);
      });
    }
    line.line.farHangUp(callSid);
    await ends(line, agent, 'completed');
    expect(line.line.alerts()).toEqual([]);
  });

  it('of a Dial gives the caller a second call to an agent', async () => {
    const line = await openLine(people);
    const { callSid } = await line.line.scene('dialled');
    const child = await eventually(async () => {
      const [found] = await line.client.calls.list({ parentCallSid: callSid });
      expect(found).toMatchObject({ status: 'in-progress', to: '+14155550115' });
      return found;
    });
    line.line.farHangUp(child?.sid ?? '');
    await ends(line, callSid, 'completed');
  });

  it('of a program lets a voice agent speak to the caller', async () => {
    const line = await openLine(people);
    const { callSid } = await line.line.scene('program');
    await eventually(() =>
      expect(loudness(line.line.heardBy(callSid) ?? NOTHING)).toBeGreaterThan(100),
    );
    line.line.farHangUp(callSid);
    await ends(line, callSid, 'completed');
  });

  it('of a queue lets the caller wait, their place and since when known', async () => {
    const line = await openLine(people);
    const { callSid } = await line.line.scene('queue');
    await line.line.scene('queue');
    const members = await eventually(async () => {
      const [queue] = await line.client.queues.list();
      expect(queue).toMatchObject({ friendlyName: 'support', currentSize: 2 });
      return line.client.queues(queue?.sid ?? '').members.list();
    });
    expect(members[0]).toMatchObject({ callSid, position: 1, waitTime: expect.any(Number) });
    expect(members[0]?.dateEnqueued).toBeInstanceOf(Date);
    expect(members[1]).toMatchObject({ position: 2 });
  });

  it('is begun by the customer who is asked for, several at once', async () => {
    const line = await openLine(people, fastClock(3));
    const words = line.app.on('/words', { status: 204 });
    const numbers = ['+14155550117', '+14155550118', '+14155550101'];
    for (const from of numbers) {
      const { callSid } = await line.line.scene('conference', from);
      await eventually(async () => expect(await line.status(callSid)).toBe('in-progress'));
      expect(await line.client.calls(callSid).fetch()).toMatchObject({ from });
      await line.client.calls(callSid).transcriptions.create({
        statusCallbackUrl: words,
        track: 'inbound_track',
      });
    }
    await eventually(() => {
      const told = line.app
        .requests('/words')
        .map(({ params }) => params['TranscriptionData'] ?? '');
      for (const said of ['Omar Haddad', 'Rita Moss', 'Dana Reyes']) {
        expect(told.some(data => data.includes(said))).toBe(true);
      }
    });
    await expect(line.line.scene('queue', '+14155550107')).rejects.toThrow('No customer');
  });

  it('may be one of many at once', async () => {
    const line = await openLine(people, fastClock(3));
    for (let count = 0; count < 12; count += 1) await line.line.scene('conference');
    const rooms = await inRoom(line, 12);
    expect(new Set(rooms.map(room => room.friendlyName)).size).toBe(12);
    expect(await line.client.calls.list({ status: 'in-progress' })).toHaveLength(24);
  });
});

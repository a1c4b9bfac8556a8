import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import {
  AGENT,
  type CallsOfOthers,
  CUSTOMER,
  OTHER,
  openCallsOfOthers,
  ROOM,
  SEAT,
} from './calls-of-others.ts';

let harness: CallsOfOthers;

beforeEach(async () => {
  harness = await openCallsOfOthers();
});

afterEach(() => harness.close());

describe('the account', () => {
  it('is read with its calls, conferences and queues', async () => {
    const { rooms, customer, agent, sid } = await harness.conference();
    const waiting = await harness.theirs(OTHER.number, '<Enqueue>sales</Enqueue>');
    await until(async () => (await rooms.read()).members.length === 1);
    const reading = await rooms.read();
    expect(reading.isCut).toBe(false);
    expect(reading.calls.map(call => call.sid).sort()).toEqual([customer, agent, waiting].sort());
    expect(reading.calls[0]).toMatchObject({ status: 'in-progress', direction: 'outbound-api' });
    expect(reading.conferences).toMatchObject([{ sid, name: ROOM }]);
    const [there] = reading.conferences;
    expect(there?.participants).toHaveLength(2);
    expect(there?.participants[0]).toMatchObject({ muted: false, held: false, status: 'joined' });
    expect(reading.members).toMatchObject([{ callSid: waiting, queue: 'sales' }]);
  });

  it('without calls is read by three requests', async () => {
    expect(await harness.line.rooms.read()).toEqual({
      calls: [],
      conferences: [],
      members: [],
      isCut: false,
    });
  });

  it('tells what is gone as such', async () => {
    const { rooms, sid } = await harness.conference();
    const gone = `CA${'0'.repeat(32)}`;
    const over = { problem: { kind: 'call-over' } };
    await expect(rooms.change(sid, gone, { muted: true })).rejects.toMatchObject(over);
    await expect(rooms.startStream('call-a', gone, 'monitor')).rejects.toMatchObject(over);
    await rooms.remove(sid, gone);
    await rooms.end(gone);
    await rooms.stopStream(gone, `MZ${'0'.repeat(32)}`);
    expect(await rooms.participants(`CF${'0'.repeat(32)}`)).toEqual([]);
    expect(await rooms.conferenceNamed('nowhere')).toBeNull();
  });
});

describe('a stream beside a call', () => {
  it('brings both tracks until it is stopped, and tells when', async () => {
    const { rooms, customer } = await harness.conference();
    const streamSid = await rooms.startStream('call-a', customer, 'monitor');
    const heard = () => harness.beside.get('call-a') ?? { inbound: 0, outbound: 0 };
    await until(() => heard().inbound > 5 && heard().outbound > 5);
    await rooms.stopStream(customer, streamSid);
    await until(() => harness.news.length === 2);
    const names = { purpose: 'monitor', callId: 'call-a', callSid: customer, streamSid };
    expect(harness.news).toEqual([
      { kind: 'stream', ...names, on: true, error: null },
      { kind: 'stream', ...names, on: false, error: null },
    ]);
    expect(harness.told()).toEqual([]);
    expect((await harness.client.calls(customer).fetch()).status).toBe('in-progress');
  });

  it('tells at once when the leg it guards is over', async () => {
    const { rooms, agent } = await harness.conference();
    await rooms.startStream('call-a', agent, 'guard');
    await until(() => harness.news.length === 1);
    await harness.client.calls(agent).update({ status: 'completed' });
    await until(() => harness.news.length === 2);
    expect(harness.news[1]).toMatchObject({ purpose: 'guard', callSid: agent, on: false });
    expect(harness.beside.size).toBe(0);
  });
});

describe('a call of this desk', () => {
  it('goes into a conference with others and stays its own', async () => {
    const { line } = harness;
    const callId = await harness.dial(CUSTOMER.number);
    const sid = await harness.connected(callId);
    await line.rooms.moveIntoRoom(`room-${sid}`, [sid]);
    let found: string | null = null;
    await until(async () => {
      found = await line.rooms.conferenceNamed(`room-${sid}`);
      return found !== null;
    });
    await until(harness.hasTold('stream-stopped'));
    const room = found ?? '';
    expect(await line.rooms.participants(room)).toMatchObject([
      { callSid: sid, label: 'customer' },
    ]);
    await until(() => harness.news.some(told => told.kind === 'participant'));
    const added = await line.rooms.add(room, AGENT.number, {
      label: `person-${AGENT.number}`,
      from: harness.practice.number,
    });
    await until(async () => (await line.rooms.participants(room)).length === 2);
    await until(() =>
      harness.news.some(told => told.kind === 'leg' && told.callSid === added.callSid),
    );
    await expect(line.say(callId, 'Hello.', 'alloy')).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
    await harness.practiceMs(5000);
    expect(harness.told().at(-1)).toBe('stream-stopped');
    await line.hangUp(callId);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe('ended hung-up-here');
    await until(() => harness.news.some(told => told.kind === 'conference-ended'));
  });

  it('in a conference with others is not hung up when the line closes', async () => {
    const { line } = harness;
    const sid = await harness.connected(await harness.dial(CUSTOMER.number));
    const agent = await harness.theirs(AGENT.number, '<Pause length="600"/>');
    await line.rooms.moveIntoRoom(`room-${sid}`, [agent, sid]);
    await until(async () => {
      const found = await line.rooms.conferenceNamed(`room-${sid}`);
      return found !== null && (await line.rooms.participants(found)).length === 2;
    });
    await line.close();
    expect((await harness.client.calls(sid).fetch()).status).toBe('in-progress');
    expect(harness.told().at(-1)).toBe('ended interrupted');
  });

  it('in a conference with others is left there by the next run', async () => {
    const { line } = harness;
    const callId = await harness.dial(CUSTOMER.number);
    const sid = await harness.connected(callId);
    const agent = await harness.theirs(AGENT.number, '<Pause length="600"/>');
    await line.rooms.moveIntoRoom(`room-${sid}`, [agent, sid]);
    const count = async () => {
      const found = await line.rooms.conferenceNamed(`room-${sid}`);
      return found === null ? 0 : (await line.rooms.participants(found)).length;
    };
    await until(async () => (await count()) === 2);
    const next = await harness.openAnother();
    const party = { direction: 'outbound', them: { number: CUSTOMER.number, name: null } } as const;
    const kept = { id: 'old', sid, kind: 'direct', ours: harness.practice.number } as const;
    const times = { startedAt: 1, answeredAt: 2, lastSeenAt: 3 };
    await next.restore([{ ...party, ...kept, ...times }]);
    await harness.practiceMs(3000);
    expect(await count()).toBe(2);
    expect(harness.told()).toContain('call-restored');
  });

  it('that cannot be moved is told by its leg, and stays where it was', async () => {
    const sid = await harness.connected(await harness.dial(CUSTOMER.number));
    const gone = `CA${'0'.repeat(32)}`;
    await expect(harness.line.rooms.moveIntoRoom('room-x', [gone])).rejects.toThrow(gone);
    expect((await harness.client.calls(sid).fetch()).status).toBe('in-progress');
    expect(harness.told()).not.toContain('stream-stopped');
  });

  it('rings somebody else, and is theirs once they answer', async () => {
    const callId = await harness.dial(CUSTOMER.number);
    const sid = await harness.connected(callId);
    await harness.line.rooms.dialInstead(callId, sid, AGENT.number);
    await until(harness.hasEnded);
    expect(harness.news).toContainEqual({ kind: 'leg', callSid: sid, status: 'transferred' });
    expect((await harness.client.calls(sid).fetch()).status).toBe('in-progress');
    expect(harness.told().filter(word => word.startsWith('stream'))).toEqual([
      'stream-started',
      'stream-stopped',
    ]);
  });

  it('comes back when nobody answers there', async () => {
    const callId = await harness.dial(CUSTOMER.number);
    const sid = await harness.connected(callId);
    await harness.line.rooms.dialInstead(callId, sid, '+14155550199');
    await until(() => harness.told().filter(word => word === 'stream-started').length === 2);
    expect(harness.news).toEqual([{ kind: 'leg', callSid: sid, status: 'returned' }]);
    expect(harness.told()).not.toContain('ended hung-up-here');
  });

  it('is one that waited in a queue of the account, once it is picked up', async () => {
    const { line } = harness;
    const waiting = await harness.theirs(OTHER.number, '<Enqueue>sales</Enqueue>');
    await until(async () => (await line.rooms.read()).members.length === 1);
    const [member] = (await line.rooms.read()).members;
    const from = { number: OTHER.number, name: 'Olga' };
    const callId = await line.rooms.pickUp(member?.queueSid ?? '', waiting, from);
    await until(harness.hasTold('stream-started'));
    expect(harness.facts[0]).toMatchObject({
      event: 'call-ringing',
      callId,
      callSid: waiting,
      them: from,
      ours: harness.practice.number,
    });
    expect(harness.told()).toEqual(['call-ringing', 'call-answered', 'stream-started']);
    const again = line.rooms.pickUp(member?.queueSid ?? '', `CA${'0'.repeat(32)}`, from);
    await expect(again).rejects.toMatchObject({ problem: { kind: 'call-over' } });
  });
});

describe('a trial account', () => {
  it('hears no call', async () => {
    await harness.line.close();
    const line = await harness.openAnother({ isTrial: () => true });
    const trial = { problem: { kind: 'trial-account' } };
    await expect(line.rooms.startStream('call-a', 'CA1', 'monitor')).rejects.toMatchObject(trial);
    await expect(line.rooms.takeSeat('call-a', ROOM, SEAT)).rejects.toMatchObject(trial);
  });
});

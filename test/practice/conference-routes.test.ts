import { expect, it } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { ends, eventually, openLine, response } from './fixture.ts';

const [CUSTOMER = '', AGENT = ''] = ['+14155550180', '+14155550184'];

async function withRooms(...names: readonly string[]) {
  const line = await openLine(people);
  const sids: string[] = [];
  const calls: string[] = [];
  for (const name of names) {
    for (const to of [CUSTOMER, AGENT]) {
      const request = { from: line.line.number, to, beep: 'false' };
      const added = await line.client.conferences(name).participants.create(request);
      calls.push(added.callSid);
      if (to === AGENT) sids.push(added.conferenceSid);
    }
  }
  await eventually(async () => {
    const begun = await line.client.conferences.list({ status: 'in-progress' });
    expect(begun).toHaveLength(names.length);
  });
  return { ...line, sids, calls };
}

it('lists conferences, the latest first, by name and status', async () => {
  const { client, sids } = await withRooms('one', 'two');
  const [one = '', two = ''] = sids;
  const found = async (query: object) =>
    (await client.conferences.list(query)).map(({ sid }) => sid);
  expect(await found({})).toEqual([two, one]);
  expect(await found({ friendlyName: 'one' })).toEqual([one]);
  expect(await found({ status: 'completed' })).toEqual([]);
  expect(await found({ pageSize: 1 })).toEqual([two, one]);
  expect(await client.conferences(one).fetch()).toMatchObject({
    friendlyName: 'one',
    status: 'in-progress',
    reasonConferenceEnded: null,
    callSidEndingConference: null,
  });
  await expect(client.conferences(`CF${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

it('ends a conference for all, once', async () => {
  const line = await withRooms('one');
  const [sid = ''] = line.sids;
  const conference = line.client.conferences(sid);
  expect(await conference.update({ status: 'completed' })).toMatchObject({
    status: 'completed',
    reasonConferenceEnded: 'conference-ended-via-api',
  });
  for (const call of line.calls) await ends(line, call, 'completed');
  const refusal = { status: 404, code: 20404 };
  await expect(conference.update({ status: 'completed' })).rejects.toMatchObject(refusal);
  expect((await conference.fetch()).status).toBe('completed');
});

it('begins another conference under the name of one that is over', async () => {
  const line = await withRooms('one');
  const [sid = ''] = line.sids;
  await line.client.conferences(sid).update({ status: 'completed' });
  const request = { from: line.line.number, to: CUSTOMER };
  const added = await line.client.conferences('one').participants.create(request);
  expect(added.conferenceSid).not.toBe(sid);
});

it('tells all of them something', async () => {
  const line = await withRooms('one');
  const [sid = ''] = line.sids;
  const announceUrl = line.app.on('/announce', response('<Play digits="11"/>'));
  await line.client.conferences(sid).update({ announceUrl, announceMethod: 'GET' });
  await eventually(() => expect(line.app.requests('/announce')).toMatchObject([{ method: 'GET' }]));
  const nonsense = { announceUrl: 'nowhere' };
  await expect(line.client.conferences(sid).update(nonsense)).rejects.toMatchObject({
    status: 400,
    code: 21609,
  });
});

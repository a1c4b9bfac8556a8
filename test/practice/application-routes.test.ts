import { expect, it } from 'vitest';
import { openLine } from './fixture.ts';

it('creates applications, shows, changes and lists them, and forgets one', async () => {
  const { client, line } = await openLine();
  const voiceUrl = 'https://app.example/voice';
  const first = await client.applications.create({ friendlyName: 'Seat', voiceUrl });
  expect(first).toMatchObject({
    accountSid: line.accountSid,
    friendlyName: 'Seat',
    voiceUrl,
    voiceMethod: 'POST',
    statusCallback: '',
  });
  expect(first.sid).toMatch(/^AP[0-9a-f]{32}$/);
  const second = await client.applications.create({ voiceMethod: 'GET' });
  expect(second).toMatchObject({ friendlyName: second.sid, voiceMethod: 'GET' });
  expect((await client.applications.list()).map(({ sid }) => sid)).toEqual([second.sid, first.sid]);
  expect(await client.applications.list({ friendlyName: 'Seat' })).toMatchObject([
    { sid: first.sid },
  ]);
  const changed = await client.applications(first.sid).update({ friendlyName: 'Other seat' });
  expect(changed).toMatchObject({ friendlyName: 'Other seat', voiceUrl });
  expect(await client.applications(first.sid).fetch()).toMatchObject({ voiceUrl });
  expect(await client.applications(first.sid).remove()).toBe(true);
  await expect(client.applications(first.sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

import { expect, it } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { openLine, response } from './fixture.ts';

const DESK_PHONE = '+14155550150';

it('has one verified number, which calls may come from', async () => {
  const { client } = await openLine();
  const [deskPhone, ...others] = await client.outgoingCallerIds.list();
  expect(deskPhone).toMatchObject({ phoneNumber: DESK_PHONE, friendlyName: 'Desk phone' });
  expect(others).toEqual([]);
  const twiml = response('<Hangup/>');
  const call = await client.calls.create({ to: '+14155550121', from: DESK_PHONE, twiml });
  expect(call).toMatchObject({ from: DESK_PHONE, phoneNumberSid: null });
});

it('finds them by number and by name', async () => {
  const { client } = await openLine();
  expect(await client.outgoingCallerIds.list({ phoneNumber: DESK_PHONE })).toHaveLength(1);
  expect(await client.outgoingCallerIds.list({ friendlyName: 'Desk phone' })).toHaveLength(1);
  expect(await client.outgoingCallerIds.list({ phoneNumber: '+14155550101' })).toEqual([]);
});

it('has the verified people too while the account is a trial', async () => {
  const { client, line } = await openLine(people);
  line.pretend({ trial: true });
  const numbers = (await client.outgoingCallerIds.list()).map(({ phoneNumber }) => phoneNumber);
  expect(numbers).toEqual([DESK_PHONE, '+14155550101', '+14155550107']);
});

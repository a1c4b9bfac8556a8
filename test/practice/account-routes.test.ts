import { expect, it } from 'vitest';
import { openLine } from './fixture.ts';

it('shows a full account with its balance', async () => {
  const { line, client } = await openLine();
  const account = await client.api.v2010.accounts(line.accountSid).fetch();
  expect(account).toMatchObject({ sid: line.accountSid, status: 'active', type: 'Full' });
  const balance = await client.balance.fetch();
  expect(balance).toMatchObject({ accountSid: line.accountSid, currency: 'USD' });
  expect(Number(balance.balance)).toBeGreaterThan(0);
});

it('shows a trial while it pretends to be one', async () => {
  const { line, client } = await openLine();
  line.pretend({ trial: true });
  expect(await client.api.v2010.accounts(line.accountSid).fetch()).toMatchObject({ type: 'Trial' });
  line.pretend({ trial: false });
  expect(await client.api.v2010.accounts(line.accountSid).fetch()).toMatchObject({ type: 'Full' });
});

import type { FastifyInstance } from 'fastify';
import { accountResource } from './account-resource.ts';
import type { Line } from './line.ts';

/** Nothing costs money here, so the balance stays as it is; a trial begins with less. */
const BALANCE = { full: '100.00', trial: '15.50' };

/** The account and its balance. `server` is rooted at the API version. */
export function addAccountRoutes(server: FastifyInstance, line: Line): void {
  server.get(`/Accounts/${line.accountSid}.json`, async () => accountResource(line));

  server.get(`/Accounts/${line.accountSid}/Balance.json`, async () => ({
    account_sid: line.accountSid,
    balance: line.pretences.now.trial ? BALANCE.trial : BALANCE.full,
    currency: 'USD',
  }));
}

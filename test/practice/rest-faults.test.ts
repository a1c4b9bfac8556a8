import twilio from 'twilio';
import { expect, it } from 'vitest';
import { eventually, openLine, response } from './fixture.ts';

const WAIT = '<Pause length="600"/>';

it('refuses so many requests as too many, and says when to come again', async () => {
  const { client, line } = await openLine();
  line.pretend({ tooManyRequests: 2 });
  const refusal = { status: 429, code: 20429 };
  await expect(client.calls.list()).rejects.toMatchObject(refusal);
  const answer = await fetch(`${line.apiUrl}/2010-04-01/Accounts/${line.accountSid}.json`);
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await client.calls.list()).toEqual([]);
});

it('fails so many requests, after those that were too many', async () => {
  const { client, line } = await openLine();
  line.pretend({ tooManyRequests: 1, serverErrors: 1 });
  await expect(client.calls.list()).rejects.toMatchObject({ code: 20429 });
  await expect(client.calls.list()).rejects.toMatchObject({ status: 503, code: 20503 });
  expect(await client.calls.list()).toEqual([]);
});

it('carries out a request whose answer is lost', async () => {
  const { call, client, line } = await openLine();
  line.pretend({ lostReplies: 1 });
  await expect(call(WAIT)).rejects.toThrow(/hang up|ECONNRESET/);
  const calls = await client.calls.list();
  expect(calls).toHaveLength(1);
  expect(calls[0]?.to).toBe('+14155550121');
});

it('answers late', async () => {
  const { call, client, line } = await openLine();
  line.pretend({ slowRestMs: 4000 });
  const called = new Promise<void>(resolve =>
    line.traffic.on(({ event }) => (event === 'call-ringing' ? resolve() : undefined)),
  );
  const answers: string[] = [];
  const slow = call(WAIT).then(() => answers.push('slow'));
  await called;
  line.pretend({ slowRestMs: 0 });
  await client.calls.list().then(() => answers.push('fast'));
  await slow;
  expect(answers).toEqual(['fast', 'slow']);
});

it('refuses the old token after it was changed, and signs with the new one', async () => {
  const { app, call, client, line } = await openLine();
  const url = app.on('/voice', response(WAIT));
  line.pretend({ slowWebhooksMs: 3000 });
  await call('', { twiml: undefined, url });
  line.pretend({ wrongToken: true });
  await expect(client.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  await eventually(() => expect(app.requests('/voice')).toHaveLength(1));
  const [asked] = app.requests('/voice');
  const { params, signature } = asked ?? { params: {}, signature: '' };
  expect(twilio.validateRequest(line.authToken, signature, url, params)).toBe(false);
  line.pretend({ wrongToken: false });
  expect(await client.calls.list()).toHaveLength(1);
});

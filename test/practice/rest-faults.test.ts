import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
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

describe('faults of single routes', () => {
  const LIST = /\/Calls\.json$/;

  it('refuse a request that is not carried out', async () => {
    const { call, client, line } = await openLine();
    line.pretend({
      restFaults: [{ method: 'POST', path: LIST, times: 1, status: 500, when: 'before' }],
    });
    expect(await client.calls.list()).toEqual([]);
    await expect(call(WAIT)).rejects.toMatchObject({ status: 500, code: 20500 });
    expect(await client.calls.list()).toEqual([]);
    await call(WAIT);
    expect(await client.calls.list()).toHaveLength(1);
  });

  it('answer with an error what was carried out', async () => {
    const { call, client, line } = await openLine();
    line.pretend({
      restFaults: [{ path: LIST, times: 1, status: 429, code: 20429, when: 'after' }],
    });
    await expect(call(WAIT)).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(await client.calls.list()).toHaveLength(1);
  });

  it('answer so where there would be no answer at all', async () => {
    const { client, line } = await openLine();
    const { sid } = await client.applications.create({});
    line.pretend({
      restFaults: [{ method: 'DELETE', path: /./, times: 1, status: 503, when: 'after' }],
    });
    await expect(client.applications(sid).remove()).rejects.toMatchObject({ status: 503 });
    expect(await client.applications.list()).toEqual([]);
  });

  it('lose the answer to what was carried out', async () => {
    const { call, client, line } = await openLine();
    line.pretend({ restFaults: [{ path: LIST, times: 1, when: 'lost' }] });
    await expect(call(WAIT)).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await client.calls.list()).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('delay one, %s it is carried out', async when => {
    const { call, client, line } = await openLine();
    const { sid } = await call(WAIT);
    line.pretend({ restFaults: [{ path: /\/Calls\/CA/, times: 1, delayMs: 6000, when }] });
    const answers: string[] = [];
    const slow = client
      .calls(sid)
      .update({ status: 'completed' })
      .then(() => answers.push('slow'));
    await eventually(async () => {
      const [found] = await client.calls.list();
      // Ended before it was answered, it is cancelled.
      expect(found?.status).toMatch(when === 'before' ? /in-progress/ : /completed|canceled/);
    });
    answers.push('fast');
    await slow;
    expect(answers).toEqual(['fast', 'slow']);
    expect((await client.calls(sid).fetch()).status).toMatch(/completed|canceled/);
  });

  it('are counted off, each by itself', async () => {
    const { client, line } = await openLine();
    const fault = { path: LIST, when: 'before' } as const;
    line.pretend({
      restFaults: [
        { ...fault, times: 2, status: 500 },
        { ...fault, times: 1, code: 20001 },
      ],
    });
    await expect(client.calls.list()).rejects.toMatchObject({ status: 500 });
    expect(await client.queues.list()).toEqual([]);
    await expect(client.calls.list()).rejects.toMatchObject({ status: 500 });
    await expect(client.calls.list()).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(await client.calls.list()).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { ends, eventually, openLine, response } from './fixture.ts';

const WAIT = response('<Pause length="600"/>');

it('sends a voice webhook again after its answer, the same to the byte', async () => {
  const { app, call, line, status } = await openLine();
  line.pretend({ replayWebhooks: true });
  const url = app.on('/voice', WAIT);
  const { sid } = await call('', { twiml: undefined, url });
  await eventually(() => expect(app.requests('/voice')).toHaveLength(2));
  const [first, second] = app.requests('/voice');
  expect(second).toEqual(first);
  expect(first?.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
  expect(await status(sid)).toBe('in-progress');
  expect(line.alerts()).toEqual([]);
});

it('goes by the first answer, and notes a second one that differs', async () => {
  const { app, call, line, status } = await openLine();
  line.pretend({ replayWebhooks: true });
  const url = app.on('/voice', WAIT, response('<Hangup/>'));
  const { sid } = await call('', { twiml: undefined, url });
  await eventually(() => expect(line.alerts()).toHaveLength(1));
  expect(line.alerts()[0]).toMatchObject({ code: 0, callSid: sid, level: 'warning' });
  expect(line.alerts()[0]?.exchange?.reply?.body).toContain('Hangup');
  expect(await status(sid)).toBe('in-progress');
});

it('waits before it sends a voice webhook', async () => {
  const line = await openLine();
  line.line.pretend({ slowWebhooksMs: 12_000 });
  const url = line.app.on('/voice', response('<Hangup/>'));
  const { sid } = await line.call('', { twiml: undefined, url });
  await eventually(async () => expect(await line.status(sid)).toBe('in-progress'));
  expect(line.app.requests('/voice')).toEqual([]);
  await ends(line, sid, 'completed');
  expect(Number((await line.client.calls(sid).fetch()).duration)).toBeGreaterThanOrEqual(12);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { postForm, postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { openWebhookServer, type WebhookServer } from '../support/webhook-server.ts';

let server: WebhookServer;

beforeEach(async () => {
  server = await openWebhookServer();
});

afterEach(() => server.close());

describe('a webhook that comes again', () => {
  it('gets the first answer, and is not handled again', async () => {
    const url = `${server.local}/voice/webhook?callId=1`;
    const first = await (await postSigned(url, { CallSid: 'CA1' })).text();
    const again = await postSigned(url, { CallSid: 'CA1' });
    expect([again.status, again.headers.get('content-type')]).toEqual([
      200,
      'text/xml; charset=utf-8',
    ]);
    expect(await again.text()).toBe(first);
    expect(server.received).toHaveLength(1);
    expect(server.counts.replay).toBe(1);
  });

  it('is told by its signature: nothing that is not signed makes it another', async () => {
    const url = `${server.local}/voice/webhook`;
    for (const query of ["?a='&b=1", '?a=%27&b=1']) {
      const signed = `${url}?a=%27&b=1`;
      const token = { 'i-twilio-idempotency-token': query };
      expect((await postForm(url + query, signed, { CallSid: 'CA1' }, token)).status).toBe(200);
    }
    expect(server.received).toHaveLength(1);
  });

  it('with its fields moved into its address is still the same', async () => {
    const url = `${server.local}/voice/webhook`;
    expect((await postForm(`${url}?x=1`, `${url}?x=1`, { a: '2' })).body).toContain('length="1"');
    const moved = await postForm(`${url}?x=1a2`, `${url}?x=1a2`);
    expect([moved.status, moved.body]).toEqual([200, expect.stringContaining('length="1"')]);
    expect(server.received).toHaveLength(1);
  });

  it('but with another field or another query is another', async () => {
    const url = `${server.local}/voice/webhook`;
    await postSigned(url, { CallSid: 'CA1', SequenceNumber: '1' });
    await postSigned(url, { CallSid: 'CA1', SequenceNumber: '2' });
    await postSigned(`${url}?a=1`, { CallSid: 'CA1', SequenceNumber: '2' });
    expect(new Set(server.received.map(({ key }) => key)).size).toBe(3);
    expect(server.counts.replay).toBe(0);
  });

  it('while it is still being answered waits for that answer', async () => {
    let handled = 0;
    let finish = (_twiml: string): void => {};
    const waiting = new Promise<string>(resolve => {
      finish = resolve;
    });
    const slow = await openWebhookServer({
      webhooks: new Map([
        [
          '/slow',
          () => {
            handled += 1;
            return waiting;
          },
        ],
      ]),
    });
    const both = [postSigned(`${slow.local}/slow`, {}), postSigned(`${slow.local}/slow`, {})];
    await until(() => slow.counts.replay === 1);
    finish('<Response/>');
    const texts = await Promise.all(both.map(async answer => (await answer).text()));
    expect([handled, ...texts]).toEqual([1, '<Response/>', '<Response/>']);
    await slow.close();
  });

  it('after its handler failed is handled again', async () => {
    let tries = 0;
    const { log, messages } = recordingLog();
    const failing = await openWebhookServer({
      log,
      webhooks: new Map([
        [
          '/failing',
          async () => {
            tries += 1;
            if (tries === 1) throw new Error('not now');
            return '<Response/>';
          },
        ],
      ]),
    });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await postSigned(`${failing.local}/failing`, {})).status);
    }
    expect([tries, ...statuses]).toEqual([2, 500, 200, 200]);
    expect(messages).toEqual(['webhook failed']);
    await failing.close();
  });

  it('after more than ten minutes is handled again', async () => {
    const clock = fakeClock();
    const old = await openWebhookServer({ clock });
    const url = `${old.local}/voice/webhook`;
    await postSigned(url, { CallSid: 'CA1' });
    clock.advance(10 * 60_000);
    await postSigned(url, { CallSid: 'CA1' });
    expect(old.received).toHaveLength(2);
    await old.close();
  });
});

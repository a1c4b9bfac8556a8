import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { noFaults } from '../../electron/twilio/limits.ts';
import { NO_FORWARDING } from '../../electron/twilio/request-origin.ts';
import type { ServerPorts } from '../../electron/twilio/server.ts';
import { recordingLog } from '../support/recording-log.ts';
import {
  AUTH_TOKEN,
  handshake,
  post,
  postForm,
  postSigned,
  signature,
  signedUpgrade,
} from '../support/signed-request.ts';
import { openWebhookServer, type WebhookServer } from '../support/webhook-server.ts';

const PATH = '/voice/webhook?callId=1';

let server: WebhookServer | undefined;

afterEach(() => server?.close());

async function open(ports: Partial<ServerPorts> = {}): Promise<WebhookServer> {
  server = await openWebhookServer(ports);
  return server;
}

describe('a webhook', () => {
  it('without a signature or with a wrong one is refused with 403', async () => {
    const { local, counts, received } = await open();
    const url = local + PATH;
    const unsigned = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    const wrong = await postSigned(url, { a: '1' }, 'another token');
    const moved = await postForm(url, `${url}2`, { a: '1' });
    const empty = await post(url, { 'x-twilio-signature': '' });
    expect([unsigned, wrong, moved, empty].map(({ status }) => status)).toEqual([
      403, 403, 403, 403,
    ]);
    expect(received).toEqual([]);
    expect(counts).toEqual({ ...noFaults(), signature: 4 });
  });

  it('is let in by the first of several signatures', async () => {
    const { local } = await open();
    const right = signature(local + PATH);
    const both = { 'x-twilio-signature': [right, 'x'] };
    expect((await post(local + PATH, both)).status).toBe(200);
    expect((await post(local + PATH, { 'x-twilio-signature': ['x', right] })).status).toBe(403);
  });

  it('is signed over the public origin, with credentials or without, with a port or without', async () => {
    const { local, counts } = await open({ origin: () => 'https://ann:secret@desk.test' });
    const signed = [
      'https://ann:secret@desk.test',
      'https://ann:secret@desk.test:443',
      'https://desk.test',
      'https://desk.test:443',
      'https://desk.test:8443',
    ];
    for (const origin of signed) {
      const answer = await postForm(local + PATH, origin + PATH, {}, { host: 'x.test:8443' });
      expect(answer.status, origin).toBe(200);
    }
    const others = ['https://bob@desk.test', 'http://desk.test', 'https://x.test:8443', local];
    for (const origin of others) {
      const answer = await postForm(local + PATH, origin + PATH, {}, { host: 'x.test:8443' });
      expect(answer.status, origin).toBe(403);
    }
    expect(counts.signature).toBe(others.length);
  });

  it('is not believed about its origin when there is one', async () => {
    const { local } = await open({
      origin: () => 'https://desk.test',
      forwarding: { ...NO_FORWARDING, trustForwarded: true, ngrokLoopback: true },
    });
    const headers = { 'x-forwarded-host': 'other.test' };
    const answer = await postForm(local + PATH, `https://other.test${PATH}`, {}, headers);
    expect(answer.status).toBe(403);
  });

  it('tells its origin by its Host when there is none, and by a proxy if that is trusted', async () => {
    const headers = { host: 'inner.test:8443', 'x-forwarded-host': 'desk.ngrok.test' };
    const statusOf = async (ports: Partial<ServerPorts>, signed: string) => {
      const one = await openWebhookServer({ origin: () => '', ...ports });
      const answer = await postForm(one.local + PATH, signed + PATH, {}, headers);
      await one.close();
      return answer.status;
    };
    const ngrok = { forwarding: { ...NO_FORWARDING, ngrokLoopback: true } };
    expect(await statusOf({}, 'https://inner.test')).toBe(200);
    expect(await statusOf({}, 'https://inner.test:8443')).toBe(200);
    expect(await statusOf({}, 'https://desk.ngrok.test')).toBe(403);
    expect(await statusOf(ngrok, 'https://desk.ngrok.test')).toBe(200);
    expect(await statusOf(ngrok, 'https://inner.test')).toBe(403);
    expect(
      await statusOf({ ...ngrok, authToken: 'another token' }, 'https://desk.ngrok.test'),
    ).toBe(403);
  });

  it('as JSON is let in by the hash of its bytes', async () => {
    const { local, received, counts } = await open();
    const send = (body: string, hashed: string) => {
      const hash = createHash('sha256').update(hashed).digest('hex');
      const url = `${local}/voice/webhook?bodySHA256=${hash}`;
      const headers = {
        'content-type': 'Application/JSON; charset=utf-8',
        'x-twilio-signature': signature(url),
      };
      return post(url, headers, body);
    };
    const body = '{ "CallSid": "CA1",\n"Tries": 2, "More": {"a": [1]} }';
    expect((await send(body, body)).status).toBe(200);
    expect((await send(body, `${body} `)).status).toBe(403);
    for (const malformed of ['{', '[]', 'null', '"text"']) {
      expect((await send(malformed, malformed)).status, malformed).toBe(400);
    }
    expect(received.map(({ params }) => params)).toEqual([
      { CallSid: 'CA1', Tries: '2', More: '{"a":[1]}' },
    ]);
    expect(counts).toEqual({ ...noFaults(), signature: 1, malformedBody: 4 });
  });
});

describe('without an auth token', () => {
  it('every webhook and stream is refused, and the log says so once', async () => {
    const { log, messages } = recordingLog();
    const { local, counts } = await open({ authToken: null, log });
    expect(messages).toEqual([
      'without an auth token nothing can be checked: webhooks and streams are refused',
    ]);
    for (const token of ['', 'null', AUTH_TOKEN]) {
      expect((await postSigned(local + PATH, {}, token)).status).toBe(403);
    }
    const stream = `${local.replace('http', 'ws')}/voice/stream`;
    expect(await handshake(stream, signedUpgrade(stream, ''))).toBe(403);
    expect(counts).toEqual({ ...noFaults(), noAuthToken: 4 });
    expect((await fetch(`${local}/health`)).status).toBe(200);
    expect(messages.filter(message => message.includes('auth token'))).toHaveLength(1);
  });

  it('but with signatures skipped all are let in', async () => {
    const { local, counts } = await open({ authToken: null, skipSignature: true });
    expect((await postSigned(local + PATH, {})).status).toBe(200);
    expect(counts).toEqual({ ...noFaults(), signatureSkipped: 1 });
  });
});

describe('with signatures skipped', () => {
  it('the log warns at the start', async () => {
    const { log, messages } = recordingLog();
    await open({ skipSignature: true, log });
    expect(messages).toEqual(['signatures are not checked: anybody can pretend to be Twilio']);
  });

  it('requests without a right signature are let in and counted, the others not', async () => {
    const { local, counts, received } = await open({ skipSignature: true });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(local + PATH, headers, 'a=1')).status).toBe(200);
    expect((await postSigned(local + PATH, { a: '2' }, 'another token')).status).toBe(200);
    expect(counts.signatureSkipped).toBe(2);
    expect((await postSigned(local + PATH, { a: '3' })).status).toBe(200);
    const stream = `${local.replace('http', 'ws')}/voice/stream`;
    expect(await handshake(stream, {})).toBe('open');
    expect(counts).toEqual({ ...noFaults(), signatureSkipped: 3 });
    expect(received.map(({ params }) => params)).toEqual([{ a: '1' }, { a: '2' }, { a: '3' }]);
  });

  it('repetitions are still answered from the first answer', async () => {
    const { local, counts, received } = await open({ skipSignature: true });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const first = await post(local + PATH, headers, 'a=1');
    expect(await post(local + PATH, headers, 'a=1')).toMatchObject({ body: first.body });
    await post(local + PATH, headers, 'a=2');
    await post(`${local + PATH}2`, headers, 'a=2');
    expect(received).toHaveLength(3);
    expect(counts).toMatchObject({ replay: 1, signatureSkipped: 4 });
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ProblemError } from '../../electron/core/problem.ts';
import { fakeClock } from '../support/fake-clock.ts';
import {
  handshake,
  post,
  postForm,
  postSigned,
  signature,
  signedUpgrade,
} from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { openWebhookServer, type WebhookServer } from '../support/webhook-server.ts';

const HEAD = 'POST /voice/webhook HTTP/1.1\r\nHost: x\r\n';
const FORM_TYPE = 'Content-Type: application/x-www-form-urlencoded\r\n';

let server: WebhookServer;

beforeEach(async () => {
  server = await openWebhookServer();
});

afterEach(() => server.close());

/** What a raw connection is answered, until the server closes it. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', data => {
    answer += data;
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('the server', () => {
  it('hands a signed webhook on with its form, query, path and key, and answers TwiML', async () => {
    const url = `${server.local}/voice/webhook?callId=a%2Fb&callId=c`;
    const answer = await postSigned(url, { CallSid: 'CA1', Media: ['b', 'a'] });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(await answer.text()).toContain('<Response>');
    expect(server.received).toEqual([
      {
        params: { CallSid: 'CA1', Media: ['b', 'a'] },
        query: { callId: 'a/b' },
        path: '/voice/webhook',
        key: expect.stringMatching(/^[\w-]{22}$/),
      },
    ]);
  });

  it('answers a status callback with nothing', async () => {
    const answer = await postSigned(`${server.local}/voice/status`, { CallSid: 'CA1' });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('takes a webhook without a body for a form without fields', async () => {
    const url = `${server.local}/voice/webhook`;
    const headers = { 'x-twilio-signature': signature(url) };
    expect((await post(url, headers)).status).toBe(200);
    expect((await postForm(`${url}?a=1`, `${url}?a=1`)).status).toBe(200);
    expect(server.received.map(({ params }) => params)).toEqual([{}, {}]);
  });

  it('takes a path with a slash at its end, and tells the handler the one without', async () => {
    const answer = await postSigned(`${server.local}/voice/webhook/`, { CallSid: 'CA1' });
    expect(answer.status).toBe(200);
    expect(server.received[0]?.path).toBe('/voice/webhook');
  });

  it('answers 404 for an unknown path, also one that begins like a known one', async () => {
    const paths = ['/', '/voice', '/voice/webhook-evil', '/voice/webhook/more', '/.env', '//'];
    for (const path of paths) expect((await fetch(server.local + path)).status, path).toBe(404);
    expect(server.counts.unknownPath).toBe(paths.length);
  });

  it('answers 405 for a wrong method and says which is right', async () => {
    for (const path of ['/voice/webhook?a=1', '/voice/webhook/']) {
      const get = await fetch(server.local + path);
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    }
    const wrong = await fetch(`${server.local}/health`, { method: 'POST' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(server.counts.wrongMethod).toBe(3);
  });

  it('bears a malformed Host and a malformed address', async () => {
    const url = `${server.local}/voice/webhook`;
    expect((await postForm(url, url, {}, { host: '[' })).status).toBe(200);
    expect((await fetch(`${server.local}/%`)).status).toBe(400);
  });
});

describe('a request that nobody needs to read', () => {
  const cases = [
    ['no signature', `${HEAD}${FORM_TYPE}`, /^HTTP\/1.1 403/],
    ['an unknown path', `POST /elsewhere HTTP/1.1\r\nHost: x\r\n${FORM_TYPE}`, /^HTTP\/1.1 404/],
    ['a wrong method', `PUT /voice/webhook HTTP/1.1\r\nHost: x\r\n${FORM_TYPE}`, /^HTTP\/1.1 405/],
    ['no body Twilio sends', `${HEAD}X-Twilio-Signature: x\r\nContent-Type: text/xml\r\n`, / 415 /],
    ['no HTTP', 'rubbish\r\n', /^HTTP\/1.1 400/],
  ] as const;
  for (const [what, head, expected] of cases) {
    it(`is answered before its body has come, and the connection closed: ${what}`, async () => {
      const answer = await exchange(server.port, `${head}Content-Length: 60000\r\n\r\nCallSid=`);
      expect(answer).toMatch(expected);
      expect(answer.toLowerCase()).toContain('connection: close');
      expect(server.received).toEqual([]);
    });
  }
});

describe('the limits of the server', () => {
  it('refuse a body over 64 KiB with 413, announced or not', async () => {
    const long = await postSigned(`${server.local}/voice/webhook`, { a: 'x'.repeat(65_536) });
    expect(long.status).toBe(413);
    const chunk = `11000\r\n${'x'.repeat(0x11000)}\r\n`;
    const chunked = await exchange(
      server.port,
      `${HEAD}${FORM_TYPE}X-Twilio-Signature: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
    );
    expect(chunked).toMatch(/^HTTP\/1.1 413/);
    expect(server.counts.oversizedBody).toBe(2);
    expect(server.received).toEqual([]);
  });

  it('cut a body that does not arrive within 5 seconds with 408', async () => {
    const clock = fakeClock();
    const slow = await openWebhookServer({ clock });
    const answer = exchange(
      slow.port,
      `${HEAD}${FORM_TYPE}X-Twilio-Signature: x\r\nContent-Length: 100\r\n\r\nCallSid=`,
    );
    await until(() => clock.timers() === 1);
    clock.advance(5000);
    expect(await answer).toMatch(/^HTTP\/1.1 408/);
    expect(slow.counts.slowBody).toBe(1);
    await slow.close();
  });

  it('give a handler all the time it needs once its webhook has arrived', async () => {
    const clock = fakeClock();
    let finish = (_twiml: string): void => {};
    const waiting = new Promise<string>(resolve => {
      finish = resolve;
    });
    let handled = false;
    const slow = await openWebhookServer({
      clock,
      webhooks: new Map([
        [
          '/slow',
          () => {
            handled = true;
            return waiting;
          },
        ],
      ]),
    });
    const answer = postSigned(`${slow.local}/slow`, {});
    await until(() => handled);
    clock.advance(10_000);
    finish('<Response/>');
    expect((await answer).status).toBe(200);
    expect(clock.timers()).toBe(0);
    await slow.close();
  });

  it('refuse the 257th request at once with 503, and none once there are fewer', async () => {
    let finish = (): void => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    let waiting = 0;
    const busy = await openWebhookServer({
      webhooks: new Map([
        [
          '/slow',
          async () => {
            waiting += 1;
            await finished;
            return null;
          },
        ],
      ]),
    });
    const url = `${busy.local}/slow`;
    const all = Array.from({ length: 256 }, (_, i) => postSigned(url, { i: `${i}` }));
    await until(() => waiting === 256);
    expect((await postSigned(url, { i: '257' })).status).toBe(503);
    finish();
    expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([204]));
    expect((await postSigned(url, { i: '257' })).status).toBe(204);
    expect(busy.counts.tooManyRequests).toBe(1);
    await busy.close();
  });
});

describe('the health of the server', () => {
  it('is told to anybody, with whose desk it is and the nonce that was asked for', async () => {
    const known = await openWebhookServer({ deskId: 'desk-1' });
    const answer = await fetch(`${known.local}/health?nonce=a-B_9`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', app: 'earshot', desk: 'desk-1', nonce: 'a-B_9' },
    ]);
    const plain = await fetch(`${server.local}/health/`);
    expect(await plain.json()).toEqual({ status: 'ok', app: 'earshot' });
    const head = await fetch(`${known.local}/health`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    await known.close();
  });
});

describe('whoever watches over signatures', () => {
  /** Sends a right, a wrong and no signature, and a stream with a right one. */
  async function verdicts(skipSignature: boolean): Promise<boolean[]> {
    const told: boolean[] = [];
    const watched = await openWebhookServer({ skipSignature, onVerdict: ok => told.push(ok) });
    const url = `${watched.local}/voice/status`;
    await postSigned(url, { CallSid: 'CA1' });
    await postSigned(url, { CallSid: 'CA1' }, 'an old token');
    await post(url, {});
    const stream = `${watched.local.replace('http', 'ws')}/voice/stream`;
    expect(await handshake(stream, signedUpgrade(stream))).toBe('open');
    await watched.close();
    return told;
  }

  it('is told of each webhook that carries one whether it fits, and of no stream', async () => {
    expect(await verdicts(false)).toEqual([true, false]);
  });

  it('is told nothing while they are skipped', async () => {
    expect(await verdicts(true)).toEqual([]);
  });
});

describe('starting and closing', () => {
  it('closes with every socket, and can be closed again', async () => {
    const url = `${server.local.replace('http', 'ws')}/voice/stream`;
    const socket = new WebSocket(url, { headers: signedUpgrade(url) });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await server.close();
    await server.close();
    expect((await closed)[0]).toBe(1001);
    await expect(fetch(`${server.local}/health`)).rejects.toThrow();
  });

  it('says so when its port is taken', async () => {
    const taken = await openWebhookServer({}, server.port).then(
      () => null,
      (error: unknown) => error,
    );
    expect(taken).toBeInstanceOf(ProblemError);
    if (!(taken instanceof ProblemError)) return;
    expect(taken.problem.kind).toBe('port-taken');
    expect(taken.problem.message).toContain(`Port ${server.port} is taken by `);
    if (process.platform === 'linux') expect(taken.problem.message).toMatch(/taken by (node|Main)/);
    expect(taken.problem.remedy).toMatch(/\d+ is free now/);
  });
});

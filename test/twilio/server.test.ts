import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ProblemError } from '../../electron/core/problem.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { type FaultCounts, noFaults } from '../../electron/twilio/limits.ts';
import {
  type Server,
  startServer,
  type Webhook,
  type WebhookHandler,
} from '../../electron/twilio/server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { AUTH_TOKEN, postSigned, signedUpgrade } from '../support/signed-request.ts';

let counts: FaultCounts;
let server: Server;
let received: Webhook[];
let origin: string;
let streams: number;

beforeEach(async () => {
  counts = noFaults();
  received = [];
  streams = 0;
  server = await start(0);
  origin = `http://127.0.0.1:${server.port}`;
});

afterEach(() => server.close());

function start(port: number): Promise<Server> {
  return startServer(
    {
      clock: systemClock,
      log: quietLog,
      counts,
      authToken: AUTH_TOKEN,
      origin: () => origin,
      webhooks: new Map<string, WebhookHandler>([
        [
          '/voice/webhook',
          async (webhook: Webhook) => {
            received.push(webhook);
            return '<Response/>';
          },
        ],
        ['/voice/status', async () => null],
      ]),
      isStreamPath: path => path === '/voice/stream',
      onStream: () => {
        streams += 1;
      },
    },
    port,
    '127.0.0.1',
  );
}

/** What a raw connection is answered, until it is closed. */
async function exchange(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
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
  it('hands a signed webhook on with its form and its query, and answers TwiML', async () => {
    const answer = await postSigned(`${origin}/voice/webhook?callId=a%2Fb`, { CallSid: 'CA1' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(await answer.text()).toBe('<Response/>');
    expect(received).toEqual([{ params: { CallSid: 'CA1' }, query: { callId: 'a/b' } }]);
  });

  it('answers a status callback with nothing', async () => {
    const answer = await postSigned(`${origin}/voice/status`, { CallSid: 'CA1' });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('refuses a webhook without a signature or with a wrong one with 403', async () => {
    const url = `${origin}/voice/webhook`;
    const unsigned = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    const wrong = await postSigned(url, { a: '1' }, 'another token');
    expect([unsigned.status, wrong.status]).toEqual([403, 403]);
    expect(received).toEqual([]);
    expect(counts.signature).toBe(2);
  });

  it('answers 404 for an unknown path, also one that begins like a known one', async () => {
    const paths = ['/', '/voice', '/voice/webhook-evil', '/voice/webhook/more', '/.env'];
    for (const path of paths) expect((await fetch(origin + path)).status, path).toBe(404);
    expect(counts.unknownPath).toBe(paths.length);
  });

  it('answers 405 for a wrong method and says which is right', async () => {
    const get = await fetch(`${origin}/voice/webhook?a=1`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const post = await fetch(`${origin}/health`, { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
    expect(counts.wrongMethod).toBe(2);
  });

  it('answers 413 for a body over 64 KiB', async () => {
    const answer = await postSigned(`${origin}/voice/webhook`, { a: 'x'.repeat(65_536) });
    expect(answer.status).toBe(413);
    expect(counts.oversizedBody).toBe(1);
    expect(received).toEqual([]);
  });

  it('cuts a body that does not arrive within 5 seconds', async () => {
    const answer = await exchange(
      'POST /voice/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        'Content-Length: 100\r\n\r\nCallSid=',
    );
    expect(answer).toMatch(/^HTTP\/1.1 408/);
    expect(counts.slowBody).toBe(1);
  }, 15_000);

  it('refuses a body that is no form, and what is no HTTP at all', async () => {
    const json = await fetch(`${origin}/voice/webhook`, {
      method: 'POST',
      body: '<a/>',
      headers: { 'content-type': 'text/xml' },
    });
    expect(json.status).toBe(415);
    expect(await exchange('rubbish\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
  });

  it('tells its health to anybody', async () => {
    const answer = await fetch(`${origin}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('lets a stream in only by its path and with Twilio’s signature', async () => {
    const wsOrigin = origin.replace('http', 'ws');
    const url = `${wsOrigin}/voice/stream`;
    expect(await handshake(url, signedUpgrade(url))).toBe('open');
    expect(await handshake(url, {})).toBe(403);
    expect(await handshake(url, signedUpgrade(url, 'another token'))).toBe(403);
    expect(await handshake(`${wsOrigin}/elsewhere`, signedUpgrade(url))).toBe(404);
    expect(streams).toBe(1);
    expect(counts).toMatchObject({ signature: 2, unknownPath: 1 });
  });

  it('closes with every socket, and can be closed again', async () => {
    const url = `${origin.replace('http', 'ws')}/voice/stream`;
    const socket = new WebSocket(url, { headers: signedUpgrade(url) });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await server.close();
    await server.close();
    expect((await closed)[0]).toBe(1001);
    await expect(fetch(`${origin}/health`)).rejects.toThrow();
  });

  it('says so when its port is taken', async () => {
    const taken = await start(server.port).then(
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

/** How a handshake went: `open`, or the status it was refused with. */
function handshake(url: string, headers: Record<string, string>): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

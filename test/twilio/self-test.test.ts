import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../electron/core/clock.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { testReach } from '../../electron/twilio/self-test.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';
import { AUTH_TOKEN, signature } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Health = { readonly app?: string; readonly desk?: string; readonly nonce?: string };

/** A desk as seen from outside, which may answer its `/health` otherwise. */
async function desk(
  health: (nonce: string) => Health,
  streams?: 'refused' | 'none' | 'behind a password',
) {
  const app = fastify({ forceCloseConnections: true });
  const hasPassword = streams === 'behind a password';
  const isLetIn = ({ authorization }: { authorization?: string | undefined }): boolean =>
    !hasPassword || authorization === `Basic ${Buffer.from('desk:a@b').toString('base64')}`;
  app.get<{ Querystring: { nonce: string } }>('/health', async (request, reply) =>
    isLetIn(request.headers)
      ? { status: 'ok', ...health(request.query.nonce) }
      : reply.code(401).send('Password?'),
  );
  const origin = await listen(app);
  const sockets = new WebSocketServer({ noServer: true });
  const seen: (string | undefined)[] = [];
  app.server.on('upgrade', (request, socket, head) => {
    const address = hasPassword ? origin.replace('://', '://desk:a%40b@') : origin;
    const url = `${address.replace('http', 'ws')}${request.url}`;
    seen.push(request.url);
    const signed =
      request.headers['x-twilio-signature'] === signature(url) && isLetIn(request.headers);
    if (streams === 'none') socket.destroy();
    else if (streams === 'refused' || !signed) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, () => {});
  });
  return { origin, streams: seen, open: () => sockets.clients.size };
}

/** A server that answers everything alike, as proxies do for what is behind them. */
async function page(status: number, body: string, headers: Record<string, string> = {}) {
  const app = fastify({ forceCloseConnections: true });
  app.all('/*', async (_request, reply) =>
    reply.code(status).headers(headers).type('text/html').send(body),
  );
  return listen(app);
}

async function listen(app: FastifyInstance): Promise<string> {
  closers.push(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

async function listenOn(server: Server): Promise<number> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function reach(origin: string, clock: Clock = systemClock, authToken: string | null = AUTH_TOKEN) {
  return testReach({ origin, authToken, deskId: 'desk-1', clock, newNonce: () => 'nonce-1' });
}

async function problemAt(origin: string) {
  const result = await reach(origin);
  return result.ok ? null : result.problem;
}

const own = (nonce: string): Health => ({ app: 'earshot', desk: 'desk-1', nonce });

describe('the test whether Twilio reaches this computer', () => {
  it('goes out and comes back: the health of this desk and a signed stream', async () => {
    const here = await desk(own);
    expect(await reach(here.origin)).toEqual({ ok: true, roundTripMs: expect.any(Number) });
    expect(here.streams).toEqual(['/voice/stream']);
    await until(() => here.open() === 0);
  });

  it('signs in where the address has a name and a password', async () => {
    const here = await desk(own, 'behind a password');
    const withPassword = here.origin.replace('://', '://desk:a%40b@');
    expect(await reach(withPassword)).toMatchObject({ ok: true });
    expect(here.streams).toEqual(['/voice/stream']);
    expect((await problemAt(here.origin))?.message).toContain('password');
  });

  it('leaves the stream untested where no auth token is known', async () => {
    const here = await desk(own);
    expect(await reach(here.origin, systemClock, null)).toMatchObject({ ok: true });
    expect(here.streams).toEqual([]);
  });

  it('notices another desk', async () => {
    const other = await desk(nonce => ({ ...own(nonce), desk: 'desk-2' }));
    expect((await problemAt(other.origin))?.message).toContain('Another Earshot answers');
  });

  it('notices an answer that was kept on the way', async () => {
    const old = await desk(() => own('nonce-0'));
    expect((await problemAt(old.origin))?.message).toContain('old answer');
  });

  it('notices that something else answers', async () => {
    const else200 = await page(200, '<html>It works!</html>');
    expect((await problemAt(else200))?.message).toContain('Something else than Earshot');
    const missing = await page(404, 'Not found');
    expect(await problemAt(missing)).toMatchObject({ kind: 'not-reachable', code: '404' });
  });

  it('reads the pages of ngrok', async () => {
    const offline = await page(404, 'The endpoint is offline. ERR_NGROK_3200');
    expect(await problemAt(offline)).toMatchObject({
      code: 'ERR_NGROK_3200',
      message: expect.stringContaining('is offline'),
      link: 'https://ngrok.com/docs/errors/err_ngrok_3200',
    });
    const header = { 'ngrok-error-code': 'ERR_NGROK_8012' };
    const nothingBehind = await page(502, '<html></html>', header);
    expect((await problemAt(nothingBehind))?.message).toContain('nothing listens');
    const used = await page(403, 'ERR_NGROK_727');
    expect((await problemAt(used))?.message).toContain('used up');
    const other = await page(400, 'ERR_NGROK_9999');
    expect((await problemAt(other))?.link).toBe('https://ngrok.com/docs/errors/err_ngrok_9999');
  });

  it('tells proxies that lead nowhere, on, or ask for a password', async () => {
    const nowhere = await page(502, 'Bad gateway');
    expect((await problemAt(nowhere))?.message).toContain('does not reach Earshot behind it');
    const on = await page(301, '', { location: 'https://www.example.com/' });
    expect((await problemAt(on))?.remedy).toContain('https://www.example.com/');
    const closed = await page(401, 'Password?');
    expect((await problemAt(closed))?.message).toContain('password');
  });

  it('tells that the stream is refused, or that nothing takes it', async () => {
    const refused = await desk(own, 'refused');
    expect(await problemAt(refused.origin)).toMatchObject({
      code: '403',
      message: expect.stringContaining('not signed for this address'),
    });
    const none = await desk(own, 'none');
    expect((await problemAt(none.origin))?.message).toContain('lets no WebSocket through');
  });

  it('tells a name that is not known, and an address where nobody listens', async () => {
    expect(await problemAt('http://no-such-desk.invalid')).toMatchObject({
      kind: 'not-reachable',
      message: expect.stringContaining('no-such-desk.invalid'),
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
    expect(await problemAt(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      code: 'ECONNREFUSED',
      message: expect.stringContaining('Nothing answers'),
    });
  });

  it('tells a connection that is not secure', async () => {
    const bare = createTlsServer();
    bare.on('tlsClientError', () => {});
    const port = await listenOn(bare);
    expect((await problemAt(`https://127.0.0.1:${port}`))?.message).toContain('certificate');
  });

  it('does not wait for ever', async () => {
    const clock = fakeClock();
    let asked = 0;
    const port = await listenOn(
      createServer(() => {
        asked += 1;
      }),
    );
    const result = reach(`http://127.0.0.1:${port}`, clock);
    await until(() => asked === 1);
    clock.advance(8000);
    expect(await result).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('did not answer within 8 s') },
    });
    expect(clock.timers()).toBe(0);
  });
});

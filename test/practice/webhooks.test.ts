import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhooks, type Webhooks } from '../../electron/practice/webhooks.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { type AppServer, createAppServer } from './app-server.ts';

const TOKEN = 'f'.repeat(32);
const never = new AbortController().signal;

describe('a webhook', () => {
  let app: AppServer;
  let webhooks: Webhooks;
  let reachable = true;

  beforeEach(async () => {
    app = await createAppServer();
    webhooks = createWebhooks({
      clock: systemClock,
      authToken: () => TOKEN,
      reachable: () => reachable,
    });
  });

  afterEach(async () => {
    reachable = true;
    webhooks.close();
    await app.close();
  });

  const send = (url: string, method: 'GET' | 'POST' = 'POST', params = { B: '2', A: 'ü &=' }) =>
    webhooks.send({ url, method, params }, 1000, never);

  it('is signed over its URL and sorted parameters', async () => {
    await send(`${app.url}/voice?x=1`);
    const [got] = app.received;
    expect(got?.params).toEqual({ A: 'ü &=', B: '2' });
    const url = `${app.url}/voice?x=1`;
    expect(twilio.validateRequest(TOKEN, got?.signature ?? '', url, got?.params ?? {})).toBe(true);
  });

  it('carries its parameters in the query when it is a GET, and signs that', async () => {
    await send(`${app.url}/voice?x=1`, 'GET');
    const [got] = app.received;
    const url = `${app.url}/voice?${got?.query}`;
    expect(Object.fromEntries(new URLSearchParams(got?.query))).toEqual({
      x: '1',
      A: 'ü &=',
      B: '2',
    });
    expect(twilio.validateRequest(TOKEN, got?.signature ?? '', url, {})).toBe(true);
  });

  it('keeps credentials in the signature and sends them as such, without the fragment', async () => {
    const url = app.url.replace('http://', 'http://me:se%20cret@');
    await send(`${url}/voice#rc=2`);
    const [got] = app.received;
    expect(got?.headers['authorization']).toBe(
      `Basic ${Buffer.from('me:se cret').toString('base64')}`,
    );
    const signed = twilio.validateRequest(
      TOKEN,
      got?.signature ?? '',
      `${url}/voice`,
      got?.params ?? {},
    );
    expect(signed).toBe(true);
  });

  it('follows 302 as a bare GET and 307 unchanged', async () => {
    app.on('/old', { status: 302, headers: { location: '/new' } });
    app.on('/moved', { status: 307, headers: { location: '/new' } });
    await send(`${app.url}/old`);
    await send(`${app.url}/moved`);
    expect(app.requests('/new')).toMatchObject([
      { method: 'GET', query: '', params: {} },
      { method: 'POST', params: { B: '2' } },
    ]);
  });

  it('does not run in circles', async () => {
    app.on('/circle', { status: 307, headers: { location: '/circle' } });
    await expect(send(`${app.url}/circle`)).rejects.toMatchObject({ code: 11215 });
  });

  it('tells what failed by Twilio’s code', async () => {
    app.on('/large', { status: 200, body: 'x'.repeat(2000) });
    await expect(send(`${app.url}/large`)).rejects.toMatchObject({ code: 11750 });
    await expect(send('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 11205 });
    await expect(send('ftp://127.0.0.1/')).rejects.toMatchObject({ code: 11100 });
  });

  it('is tried again as the fragment of its URL says, always under the same token', async () => {
    app.on('/ill', { status: 503 }, { status: 503 }, { status: 200, body: 'well' });
    expect((await send(`${app.url}/ill#rc=2&rp=5xx`)).body.toString()).toBe('well');
    const tokens = app.requests('/ill').map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    for (const { signature, params } of app.requests('/ill')) {
      expect(twilio.validateRequest(TOKEN, signature, `${app.url}/ill`, params)).toBe(true);
    }
  });

  it('is not tried again for a bad answer, nor more often than asked', async () => {
    app.on('/gone', { status: 404 });
    expect((await send(`${app.url}/gone`)).status).toBe(404);
    expect((await send(`${app.url}/gone#rc=2&rp=5xx,ct`)).status).toBe(404);
    expect(app.requests('/gone')).toHaveLength(2);
    expect((await send(`${app.url}/gone#rc=0&rp=all`)).status).toBe(404);
    expect(app.requests('/gone')).toHaveLength(3);
  });

  it('ends when the answer takes longer than the fragment allows', async () => {
    const server = createServer(() => {});
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    await expect(send(`${url}#rt=100`)).rejects.toMatchObject({ code: 11200 });
    await expect(send(`${url}#tt=100&rp=all&rc=5`)).rejects.toMatchObject({ code: 11200 });
    server.closeAllConnections();
    server.close();
  });

  it('is not sent while the app cannot be reached', async () => {
    reachable = false;
    await expect(send(`${app.url}/voice`)).rejects.toMatchObject({ code: 11205 });
    expect(app.received).toEqual([]);
    reachable = true;
    expect((await send(`${app.url}/voice`)).status).toBe(204);
  });

  it('is cut off when closed', async () => {
    webhooks.close();
    await expect(send(`${app.url}/voice`)).rejects.toThrow();
    expect(app.received).toEqual([]);
  });
});

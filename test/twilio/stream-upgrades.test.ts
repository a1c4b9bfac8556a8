import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { handshake, signedUpgrade } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { openWebhookServer, type WebhookServer } from '../support/webhook-server.ts';

const START = JSON.stringify({
  event: 'start',
  sequenceNumber: '1',
  streamSid: 'MZ1',
  start: {
    streamSid: 'MZ1',
    accountSid: 'AC1',
    callSid: 'CA1',
    tracks: ['inbound'],
    customParameters: { token: 'x' },
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
  },
});

let server: WebhookServer;
let url: string;

beforeEach(async () => {
  server = await openWebhookServer();
  url = `${server.local.replace('http', 'ws')}/voice/stream`;
});

afterEach(() => server.close());

describe('a stream', () => {
  it('is let in only by its path and with Twilio’s signature', async () => {
    expect(await handshake(url, signedUpgrade(url))).toBe('open');
    expect(await handshake(url, {})).toBe(403);
    expect(await handshake(url, signedUpgrade(url, 'another token'))).toBe(403);
    const elsewhere = url.replace('voice/stream', 'elsewhere');
    expect(await handshake(elsewhere, signedUpgrade(elsewhere))).toBe(404);
    expect(server.streams).toHaveLength(1);
    expect(server.counts).toMatchObject({ signature: 2, unknownPath: 1 });
  });

  it('is let in with a slash at the end of its path, signed with it or without', async () => {
    for (const signed of [url, `${url}/`]) {
      expect(await handshake(url, signedUpgrade(signed))).toBe('open');
      expect(await handshake(`${url}/`, signedUpgrade(signed))).toBe('open');
    }
  });

  it('is signed over the public wss address, with a port or without', async () => {
    const desk = await openWebhookServer({ origin: () => 'https://ann:secret@desk.test' });
    const local = `ws://127.0.0.1:${desk.port}/voice/stream`;
    const right = ['wss://desk.test', 'wss://desk.test:443', 'wss://ann:secret@desk.test'];
    for (const origin of right) {
      const headers = signedUpgrade(`${origin}/voice/stream`);
      expect(await handshake(local, headers), origin).toBe('open');
    }
    for (const origin of ['https://desk.test', 'ws://desk.test', 'wss://desk.test:444']) {
      const headers = signedUpgrade(`${origin}/voice/stream`);
      expect(await handshake(local, headers), origin).toBe(403);
    }
    await desk.close();
  });

  it('is refused when its peer goes away in between, without harm', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /voice/stream HTTP/1.1\r\nHost: [\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
    );
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect(await handshake(url, signedUpgrade(url))).toBe('open');
  });
});

describe('streams that have not started', () => {
  const opened: WebSocket[] = [];

  afterEach(() => {
    for (const socket of opened.splice(0)) socket.terminate();
  });

  async function openStream(): Promise<WebSocket> {
    const socket = new WebSocket(url, { headers: signedUpgrade(url) });
    opened.push(socket);
    await once(socket, 'open');
    return socket;
  }

  it('are 64 at most: the next is closed with 1013 until one starts or ends', async () => {
    const pending = await Promise.all(Array.from({ length: 64 }, openStream));
    const next = new WebSocket(url, { headers: signedUpgrade(url) });
    const [code] = await once(next, 'close');
    expect([code, server.counts.tooManyPending, server.streams.length]).toEqual([1013, 1, 64]);

    pending[0]?.send('{"event":"connected","protocol":"Call","version":"1.0.0"}');
    pending[0]?.send(START);
    pending[1]?.close();
    const first = server.streams[0];
    if (first === undefined) throw new Error('no stream');
    await until(() => server.streams.some(({ readyState }) => readyState === WebSocket.CLOSED));
    await openStream();
    await until(() => first.listenerCount('message') === 0);
    await openStream();
    expect(server.streams).toHaveLength(66);
    const full = new WebSocket(url, { headers: signedUpgrade(url) });
    expect((await once(full, 'close'))[0]).toBe(1013);
  });
});

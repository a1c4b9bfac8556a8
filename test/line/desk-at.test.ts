import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deskAt, isLeftBehind } from '../../electron/line/desk-at.ts';
import { freePort } from '../support/free-port.ts';
import { openWebhookServer } from '../support/webhook-server.ts';

/** The address of a server that is no desk. */
async function addressOf(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the desk at an address', () => {
  it('is the one that runs there, whatever the path', async () => {
    const desk = await openWebhookServer({ deskId: 'another desk' });
    onTestFinished(() => desk.close());
    expect(await deskAt(`${desk.local}/voice/webhook?x=1`)).toBe('another desk');
  });

  it('is none where nothing listens', async () => {
    expect(await deskAt(`http://127.0.0.1:${await freePort()}/voice/webhook`)).toBeNull();
  });

  it.each<[string, RequestListener]>([
    ['speaks no JSON', (_, response) => response.end('<html>')],
    ['is another app', (_, response) => response.end('{"app":"other","desk":"x"}')],
    ['does not name its desk', (_, response) => response.end('{"app":"earshot"}')],
    [
      'leads elsewhere',
      (request, response) =>
        request.url === '/health'
          ? response.writeHead(302, { location: '/desk' }).end()
          : response.end('{"app":"earshot","desk":"x"}'),
    ],
  ])('is none where what answers %s', async (_, answer) => {
    expect(await deskAt(`${await addressOf(answer)}/voice/webhook`)).toBeNull();
  });

  it.each(['', 'desk', 'ftp://desk.example.com/', 'mailto:desk@example.com'])(
    'is none at what is no address of a server: "%s"',
    async voiceUrl => {
      expect(await deskAt(voiceUrl)).toBeNull();
    },
  );
});

describe('an address where nothing is left of a desk', () => {
  it('is one of a desk, with nothing listening there any more', async () => {
    const desk = await openWebhookServer({ deskId: 'another desk' });
    const voiceUrl = `${desk.local}/voice/webhook`;
    expect(await isLeftBehind(voiceUrl)).toBe(false);
    await desk.close();
    expect(await isLeftBehind(voiceUrl)).toBe(true);
    expect(await isLeftBehind(`${desk.local}/other/path`)).toBe(false);
  });

  it.each<[string, boolean, RequestListener]>([
    ['is another app', false, (_, response) => response.end('{"app":"other"}')],
    ['knows no such page', false, (_, response) => response.writeHead(404).end()],
    ['is a gateway with nothing behind it', true, (_, response) => response.writeHead(502).end()],
    [
      'is a tunnel with nothing behind it',
      true,
      (_, response) => response.writeHead(404, { 'ngrok-error-code': 'ERR_NGROK_3200' }).end(),
    ],
  ])('or what answers there %s: %s', async (_, isLeft, answer) => {
    expect(await isLeftBehind(`${await addressOf(answer)}/voice/webhook`)).toBe(isLeft);
  });
});

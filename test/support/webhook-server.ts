import type { WebSocket } from 'ws';
import { systemClock } from '../../electron/system-clock.ts';
import { type FaultCounts, noFaults } from '../../electron/twilio/limits.ts';
import {
  type Server,
  type ServerPorts,
  startServer,
  type Webhook,
  type WebhookHandler,
} from '../../electron/twilio/server.ts';
import { quietLog } from './quiet-log.ts';
import { AUTH_TOKEN } from './signed-request.ts';

/** The app's server and what it let in. */
export type WebhookServer = Server & {
  /** Its address on this computer. */
  readonly local: string;
  readonly counts: FaultCounts;
  readonly received: readonly Webhook[];
  readonly streams: readonly WebSocket[];
};

/**
 * Starts the app's server: `/voice/webhook` answers TwiML that counts, `/voice/status` nothing.
 * Its origin is its own address, unless `ports` say otherwise.
 */
export async function openWebhookServer(
  ports: Partial<ServerPorts> = {},
  port = 0,
): Promise<WebhookServer> {
  const counts = noFaults();
  const received: Webhook[] = [];
  const streams: WebSocket[] = [];
  let local = '';
  const server = await startServer(
    {
      clock: systemClock,
      log: quietLog,
      counts,
      authToken: AUTH_TOKEN,
      origin: () => local,
      webhooks: new Map<string, WebhookHandler>([
        [
          '/voice/webhook',
          async (webhook: Webhook) => {
            received.push(webhook);
            return `<Response><Pause length="${received.length}"/></Response>`;
          },
        ],
        ['/voice/status', async () => null],
      ]),
      isStreamPath: path => /^\/voice\/stream\/?$/.test(path),
      onStream: socket => {
        streams.push(socket);
      },
      ...ports,
    },
    port,
    '127.0.0.1',
  );
  local = `http://127.0.0.1:${server.port}`;
  return { ...server, local, counts, received, streams };
}

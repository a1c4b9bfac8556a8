import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../support/until.ts';

/** How an upgrade is refused. */
type Refusal = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** One connection, as a service sees it. */
export type Peer = {
  readonly socket: WebSocket;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The text messages that came, read. */
  readonly messages: readonly Record<string, unknown>[];
  /** The sound that came in binary messages. */
  readonly sound: () => Uint8Array;
  readonly say: (message: object | string) => void;
  /** Waits for text messages of a type. @returns all of them */
  readonly told: (type: string, count?: number) => Promise<Record<string, unknown>[]>;
};

/** A service that a test plays. */
export type SpeechServer = {
  readonly url: string;
  /** The connection of that number, from 0. */
  readonly peer: (number?: number) => Promise<Peer>;
  readonly peers: readonly Peer[];
  /** The next upgrades are refused so, one each. */
  readonly refuse: (...refusals: Refusal[]) => void;
  readonly close: () => Promise<void>;
};

/** Starts a service on loopback. It is gone after the test. */
export async function startSpeechServer(): Promise<SpeechServer> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const peers: Peer[] = [];
  const refusals: Refusal[] = [];
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      const { status, headers = {}, body = '' } = refusal;
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\n${lines.join('')}Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, accepted => peers.push(peerOf(accepted, request)));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const server: SpeechServer = {
    url: `ws://127.0.0.1:${port}`,
    peers,
    peer: async (number = 0) => {
      await until(() => peers[number] !== undefined);
      return peers[number] as Peer;
    },
    refuse: (...next) => refusals.push(...next),
    close: async () => {
      for (const { socket } of peers) socket.terminate();
      http.closeAllConnections();
      await new Promise(resolve => http.close(resolve));
    },
  };
  onTestFinished(server.close);
  return server;
}

function peerOf(socket: WebSocket, request: IncomingMessage): Peer {
  const messages: Record<string, unknown>[] = [];
  const sound: Uint8Array[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) sound.push(data as Buffer);
    else messages.push(JSON.parse(String(data)) as Record<string, unknown>);
  });
  const of = (type: string) => messages.filter(message => message['type'] === type);
  return {
    socket,
    url: new URL(request.url ?? '', 'ws://service'),
    headers: request.headers,
    messages,
    sound: () => Buffer.concat(sound),
    say: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    told: async (type, count = 1) => {
      await until(() => of(type).length >= count);
      return of(type);
    },
  };
}

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { StreamPeer } from '../practice/stream-peer.ts';
import { until } from '../support/until.ts';

/** A program that somebody wrote for Media Streams: notes what it is told, and says what the test says. */
export type AgentServer = {
  readonly url: string;
  readonly peers: readonly StreamPeer[];
  /** The connection of that number, once it has its `start`. */
  readonly peer: (number?: number) => Promise<StreamPeer>;
};

/** Starts one on loopback. It is gone after the test. */
export async function startAgentServer(): Promise<AgentServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const peers: StreamPeer[] = [];
  server.on('connection', (socket, request) => {
    peers.push(new StreamPeer(socket, request.url ?? '', request.headers));
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/agent`,
    peers,
    peer: async (number = 0) => {
      await until(() => (peers[number]?.streamSid ?? '') !== '');
      return peers[number] as StreamPeer;
    },
  };
}

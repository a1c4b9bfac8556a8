import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';
import {
  type FaultCounts,
  FRAME_LIMIT_BYTES,
  MOST_PENDING_STREAMS,
  MOST_STREAMS,
} from './limits.ts';
import { parseMediaMessage } from './media-messages.ts';
import type { RequestCheck } from './request-check.ts';

/** WebSocket close code for "not now". Source: the IANA registry of RFC 6455 close codes */
const TRY_LATER = 1013;

/** What accepting streams needs of the rest. */
type UpgradePorts = {
  readonly log: Log;
  readonly counts: FaultCounts;
  readonly isStreamPath: (path: string) => boolean;
  readonly onStream: (socket: WebSocket) => void;
};

/** Accepts Media Streams on the server: by path, signature and number. */
export function acceptStreams(
  server: HttpServer,
  check: RequestCheck,
  ports: UpgradePorts,
): WebSocketServer {
  const { counts, log } = ports;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT_BYTES });
  const pending = new Set<WebSocket>();

  const refuse = (socket: Duplex, status: string): void => {
    log.warn({ status }, 'stream upgrade refused');
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  const take = (socket: WebSocket): void => {
    if (pending.size >= MOST_PENDING_STREAMS) {
      counts.tooManyPending += 1;
      socket.on('error', () => socket.terminate());
      socket.close(TRY_LATER, 'Too many streams have not started');
      return;
    }
    holdUntilStarted(socket, pending);
    ports.onStream(socket);
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!ports.isStreamPath(request.url?.split('?', 1)[0] ?? '/')) {
      counts.unknownPath += 1;
      refuse(socket, '404 Not Found');
    } else if (check.upgrade(request) === 'refused') {
      refuse(socket, '403 Forbidden');
    } else if (sockets.clients.size >= MOST_STREAMS) {
      counts.tooManyStreams += 1;
      refuse(socket, '503 Service Unavailable');
    } else sockets.handleUpgrade(request, socket, head, take);
  });
  return sockets;
}

/** Keeps a socket among the pending ones until its `start` message, or its end. */
function holdUntilStarted(socket: WebSocket, pending: Set<WebSocket>): void {
  const onMessage = (data: RawData): void => {
    const parsed = parseMediaMessage(String(data));
    if (parsed.ok && parsed.message.event === 'start') release();
  };
  const release = (): void => {
    pending.delete(socket);
    socket.off('message', onMessage);
  };
  pending.add(socket);
  socket.on('message', onMessage);
  socket.once('close', release);
}

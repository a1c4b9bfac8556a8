import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import formBody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../core/clock.ts';
import { ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import {
  BODY_LIMIT_BYTES,
  type FaultCounts,
  FRAME_LIMIT_BYTES,
  MOST_STREAMS,
  REQUEST_LIMIT_MS,
} from './limits.ts';
import { portOwner } from './port-owner.ts';
import { isSignedUpgrade, isSignedWebhook, SIGNATURE_HEADER } from './signature.ts';

/** The fields of a form webhook; a field sent twice keeps all its values. */
type WebhookParams = Readonly<Record<string, string | readonly string[]>>;

/** A webhook whose signature was right. */
export type Webhook = {
  readonly params: WebhookParams;
  readonly query: Readonly<Record<string, string>>;
};

/** Answers a webhook with TwiML, or with nothing. */
export type WebhookHandler = (webhook: Webhook) => Promise<string | null>;

/** How long a stream may take to close before its socket is cut. */
const CLOSE_LIMIT_MS = 500;

/** What the server needs of the rest. */
export type ServerPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: FaultCounts;
  readonly authToken: string;
  /** The address Twilio reaches this server by, without a path: signatures are made over it. */
  readonly origin: () => string;
  /** Handlers by path, the aliases of older systems included. */
  readonly webhooks: ReadonlyMap<string, WebhookHandler>;
  /** Paths a stream may be opened on, as prefixes or whole. */
  readonly isStreamPath: (path: string) => boolean;
  readonly onStream: (socket: WebSocket) => void;
};

/** The one HTTP and WebSocket server. */
export type Server = {
  readonly port: number;
  /** Closes every socket, then the server. Safe to call again. */
  readonly close: () => Promise<void>;
};

/** Starts listening. @param port 0 takes any free one. Rejects with a `port-taken` problem. */
export async function startServer(ports: ServerPorts, port: number, host: string): Promise<Server> {
  const { clock } = ports;
  const http = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    http: { connectionsCheckingInterval: 500, headersTimeout: REQUEST_LIMIT_MS },
    forceCloseConnections: true,
  });
  await http.register(formBody, { bodyLimit: BODY_LIMIT_BYTES });
  addRoutes(http, ports);
  const sockets = acceptStreams(http, ports);
  http.server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') ports.counts.slowBody += 1;
    const status =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  });
  try {
    await http.listen({ port, host });
  } catch (error) {
    throw await portProblem(error, port, host);
  }
  return {
    port: (http.server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'Earshot is closing');
      sockets.close();
      // A peer that does not answer the close would hold the server open for half a minute.
      const cancel = clock.after(CLOSE_LIMIT_MS, () => {
        for (const socket of sockets.clients) socket.terminate();
      });
      await http.close();
      cancel();
    },
  };
}

function addRoutes(http: FastifyInstance, ports: ServerPorts): void {
  const { counts, log } = ports;
  http.get('/health', async () => ({ status: 'ok' }));
  for (const [path, handler] of ports.webhooks) {
    http.post(path, { preHandler: checkSignature(ports) }, async (request, reply) => {
      const twiml = await handler({
        params: (request.body ?? {}) as WebhookParams,
        query: request.query as Record<string, string>,
      });
      if (twiml === null) return reply.code(204).send();
      return reply.type('text/xml; charset=utf-8').send(twiml);
    });
  }
  const known = new Set([...ports.webhooks.keys(), '/health']);
  http.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (!known.has(path)) {
      counts.unknownPath += 1;
      return reply.code(404).send('Not found');
    }
    counts.wrongMethod += 1;
    const allowed = path === '/health' ? 'GET' : 'POST';
    return reply.code(405).header('allow', allowed).send('Method not allowed');
  });
  http.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) counts.oversizedBody += 1;
    if (status >= 500) log.error({ path: request.routeOptions.url, err: error }, 'webhook failed');
    return reply.code(status).send(status === 413 ? 'Payload too large' : 'Request refused');
  });
}

function checkSignature({ authToken, origin, counts, log }: ServerPorts) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const header = request.headers[SIGNATURE_HEADER];
    const signature = Array.isArray(header) ? header[0] : header;
    const body = (request.body ?? {}) as Record<string, unknown>;
    if (isSignedWebhook(authToken, signature, `${origin()}${request.url}`, body)) return;
    counts.signature += 1;
    log.warn({ path: request.routeOptions.url }, 'webhook refused: wrong signature');
    await reply.code(403).send('Wrong signature');
  };
}

function acceptStreams(http: FastifyInstance, ports: ServerPorts): WebSocketServer {
  const { counts, log } = ports;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT_BYTES });
  const refuse = (socket: Duplex, status: string): void => {
    log.warn({ status }, 'stream upgrade refused');
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  http.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const url = request.url ?? '/';
    if (!ports.isStreamPath(url.split('?', 1)[0] ?? '')) {
      counts.unknownPath += 1;
      refuse(socket, '404 Not Found');
      return;
    }
    const signature = request.headers[SIGNATURE_HEADER];
    const streamUrl = `${ports.origin().replace(/^http/, 'ws')}${url}`;
    if (!isSignedUpgrade(ports.authToken, [signature].flat()[0], streamUrl)) {
      counts.signature += 1;
      refuse(socket, '403 Forbidden');
      return;
    }
    if (sockets.clients.size >= MOST_STREAMS) {
      counts.tooManyStreams += 1;
      refuse(socket, '503 Service Unavailable');
      return;
    }
    sockets.handleUpgrade(request, socket, head, ports.onStream);
  });
  return sockets;
}

async function portProblem(error: unknown, port: number, host: string): Promise<ProblemError> {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken) {
    return new ProblemError(
      {
        kind: 'line-down',
        message: `This computer does not let Earshot listen on port ${port} of ${host}.`,
        remedy: 'Set PORT to a number from 1024 up, or to 0 for any free one.',
      },
      { cause: error },
    );
  }
  const owner = (await portOwner(port)) ?? 'another program';
  return new ProblemError(
    {
      kind: 'port-taken',
      message: `Port ${port} is taken by ${owner}, so calls cannot come in.`,
      remedy: `Close ${owner}, or use another port: ${await freePort(host)} is free now (PORT sets it).`,
    },
    { cause: error },
  );
}

/** A port that nothing listens on now. */
async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

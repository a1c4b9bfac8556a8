import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Clock } from '../core/clock.ts';
import { ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import { healthOf } from './health.ts';
import { BODY_LIMIT_BYTES, type FaultCounts, MOST_REQUESTS, REQUEST_LIMIT_MS } from './limits.ts';
import { portOwner } from './port-owner.ts';
import { createReplayCache, requestKey } from './replay-cache.ts';
import { createRequestCheck, type RequestCheck } from './request-check.ts';
import type { Forwarding } from './request-origin.ts';
import { signatureOf } from './signature.ts';
import { acceptStreams } from './stream-upgrades.ts';
import { formFields, jsonFields, queryFields, type WebhookParams } from './webhook-fields.ts';

/** A webhook that Twilio sent, or anybody while signatures are skipped. */
export type Webhook = {
  readonly params: WebhookParams;
  readonly query: Readonly<Record<string, string>>;
  /** Names this request: a repetition has the same key, any other request another. */
  readonly key: string;
  /** The path it was sent to, as it was registered: without a slash at its end. */
  readonly path: string;
};

/** Answers a webhook with TwiML, or with nothing. */
export type WebhookHandler = (webhook: Webhook) => Promise<string | null>;

/** What a webhook is answered. */
type Answer = { readonly status: number; readonly type: string | null; readonly body: string };

/** How long a stream may take to close before its socket is cut. */
const CLOSE_LIMIT_MS = 500;

/** The path a checker asks whether Twilio could reach this server. */
const HEALTH_PATH = '/health';

/** Bodies that Twilio sends. Source: https://www.twilio.com/docs/usage/security */
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** What the server needs of the rest. */
export type ServerPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: FaultCounts;
  /** What Twilio signs with; null, nothing can be checked and webhooks and streams are refused. */
  readonly authToken: string | null;
  /**
   * The address Twilio reaches this server by, without a path: signatures are made over it. While
   * it is empty, it is read from each request as `forwarding` allows.
   */
  readonly origin: () => string;
  /** Which forwarding headers are believed while there is no origin; none when left out. */
  readonly forwarding?: Forwarding;
  /** For development: lets requests in whatever their signature. False when left out. */
  readonly skipSignature?: boolean;
  /** Told of each webhook with a signature whether that fits; nobody is told when left out. */
  readonly onVerdict?: (ok: boolean) => void;
  /** Tells this app from another one in the answer of `/health`. */
  readonly deskId?: string;
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
  const check = createRequestCheck(ports);
  const http = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    http: { connectionsCheckingInterval: 500, headersTimeout: REQUEST_LIMIT_MS },
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') endSlow(socket, ports.counts);
      else endWith(socket, '400 Bad Request');
    },
  });
  keepBodiesRaw(http);
  limitRequests(http, ports);
  checkBeforeBody(http, ports, check);
  addRoutes(http, ports, check);
  const sockets = acceptStreams(http.server, check, ports);
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

/** Keeps bodies as they came, which is what a signature is made over. */
function keepBodiesRaw(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser([FORM, JSON_TYPE], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}

/** Bounds how many requests there are at once, and how long each may take to arrive. */
function limitRequests(http: FastifyInstance, { clock, counts }: ServerPorts): void {
  let atOnce = 0;
  http.addHook('onRequest', async ({ raw }, reply) => {
    if (atOnce >= MOST_REQUESTS) {
      counts.tooManyRequests += 1;
      return refuse(reply, 503, 'Too many requests');
    }
    atOnce += 1;
    const cancel = clock.after(REQUEST_LIMIT_MS, () => {
      if (!raw.complete) endSlow(raw.socket, counts);
    });
    reply.raw.once('close', () => {
      atOnce -= 1;
      cancel();
    });
  });
}

/** Refuses by path, method and missing signature, before a stranger's body is read. */
function checkBeforeBody(http: FastifyInstance, ports: ServerPorts, check: RequestCheck): void {
  const { counts, webhooks } = ports;
  http.addHook('onRequest', async (request, reply) => {
    if (!request.is404) {
      const isWebhook = request.routeOptions.url !== HEALTH_PATH;
      if (isWebhook && !check.mayGoOn(request.raw)) return refuse(reply, 403, 'Not signed');
      return;
    }
    const path = request.url.split('?', 1)[0]?.replace(/(?<=.)\/$/, '') ?? '';
    if (path !== HEALTH_PATH && !webhooks.has(path)) {
      counts.unknownPath += 1;
      return refuse(reply, 404, 'Not found');
    }
    counts.wrongMethod += 1;
    reply.header('allow', path === HEALTH_PATH ? 'GET, HEAD' : 'POST');
    return refuse(reply, 405, 'Method not allowed');
  });
}

/** Answers without reading on: what was not read goes with the connection. */
async function refuse(reply: FastifyReply, status: number, why: string): Promise<FastifyReply> {
  return reply.code(status).header('connection', 'close').send(why);
}

function addRoutes(http: FastifyInstance, ports: ServerPorts, check: RequestCheck): void {
  const { counts, log } = ports;
  const replays = createReplayCache<Answer>(ports.clock);
  http.get(HEALTH_PATH, async ({ url }) => healthOf(ports.deskId, queryFields(url)['nonce']));
  for (const [path, handler] of ports.webhooks) {
    http.post(path, async (request, reply) => {
      const { raw, isForm } = bodyOf(request);
      const form = isForm ? formFields(raw.toString()) : null;
      const verdict = check.webhook(request.raw, { raw, form });
      if (verdict === 'refused') return reply.code(403).send('Wrong signature');
      const params = form ?? jsonFields(raw.toString());
      if (params === null) {
        counts.malformedBody += 1;
        return reply.code(400).send('Request refused');
      }
      const { url } = request;
      const signature = signatureOf(request.headers);
      const key = requestKey({ url, params, signature, verified: verdict === 'signed' });
      const { repeated, answer } = replays.answer(key, async () =>
        answerOf(await handler({ params, query: queryFields(url), key, path })),
      );
      if (repeated) counts.replay += 1;
      const { status, type, body } = await answer;
      if (type !== null) reply.type(type);
      return reply.code(status).send(body);
    });
  }
  http.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) counts.oversizedBody += 1;
    if (status >= 500) log.error({ path: request.routeOptions.url, err: error }, 'webhook failed');
    if (!request.raw.complete) reply.header('connection', 'close');
    return reply.code(status).send(status === 413 ? 'Payload too large' : 'Request refused');
  });
}

function answerOf(twiml: string | null): Answer {
  if (twiml === null) return { status: 204, type: null, body: '' };
  return { status: 200, type: 'text/xml; charset=utf-8', body: twiml };
}

/** A request without a body has no type either, and is a form without fields. */
function bodyOf({ body, headers }: FastifyRequest): {
  readonly raw: Buffer;
  readonly isForm: boolean;
} {
  const isJson = headers['content-type']?.toLowerCase().startsWith(JSON_TYPE) ?? false;
  return { raw: Buffer.isBuffer(body) ? body : Buffer.alloc(0), isForm: !isJson };
}

function endSlow(socket: Socket, counts: FaultCounts): void {
  counts.slowBody += 1;
  endWith(socket, '408 Request Timeout');
}

function endWith(socket: Socket, status: string): void {
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroySoon();
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

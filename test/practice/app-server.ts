import formBody from '@fastify/formbody';
import { fastify } from 'fastify';
import { WebSocketServer } from 'ws';
import { StreamPeer } from './stream-peer.ts';

/** A webhook as the app received it. */
type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly params: Record<string, string>;
  readonly signature: string;
  readonly headers: Record<string, unknown>;
};

/** What the app answers on a path: a TwiML text, or a whole answer. */
type Answer = string | Buffer | { status: number; body?: string; headers?: Record<string, string> };

/** The app's side of the line: a real HTTP and WebSocket server whose answers the test gives. */
export type AppServer = {
  readonly url: string;
  readonly streamUrl: string;
  readonly received: Received[];
  readonly streams: StreamPeer[];
  /** Sets what a path answers, by how often it was asked before; the last answer stays. */
  on(path: string, ...answers: Answer[]): string;
  requests(path: string): Received[];
  close(): Promise<void>;
};

/** Starts the app's side on a free port. Streams under `/refused` are refused. */
export async function createAppServer(): Promise<AppServer> {
  const answers = new Map<string, Answer[]>();
  const received: Received[] = [];
  const streams: StreamPeer[] = [];
  const server = fastify({ forceCloseConnections: true });
  await server.register(formBody);
  server.all('/*', async (request, reply) => {
    const [path = '', query = ''] = request.url.split('?');
    received.push({
      method: request.method,
      path,
      query,
      params: { ...(request.body as Record<string, string> | undefined) },
      signature: String(request.headers['x-twilio-signature']),
      headers: request.headers,
    });
    const list = answers.get(path) ?? [{ status: 204 }];
    const answer = (list.length > 1 ? list.shift() : list[0]) ?? '';
    if (Buffer.isBuffer(answer)) return reply.type('audio/wav').send(answer);
    if (typeof answer === 'string') return reply.type('text/xml').send(answer);
    const { status, headers = { 'content-type': 'text/xml' }, body = '' } = answer;
    return reply.code(status).headers(headers).send(body);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/refused')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, ws => {
      streams.push(new StreamPeer(ws, request.url ?? '', request.headers));
    });
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    streamUrl: url.replace('http', 'ws'),
    received,
    streams,
    on(path, ...given) {
      answers.set(path, given);
      return `${url}${path}`;
    },
    requests: path => received.filter(request => request.path === path),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await server.close();
    },
  };
}

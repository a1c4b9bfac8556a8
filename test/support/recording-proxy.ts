import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request and its answer, as both went over the wire. */
type Exchange = {
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
};

/** A server on loopback that hands every request on and keeps what was said. */
export type RecordingProxy = {
  /** Its origin, `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** All exchanges so far, the oldest first. */
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
};

/** Opens a proxy to an origin. */
export async function openRecordingProxy(origin: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    handOn(origin, request, response).then(
      exchange => exchanges.push(exchange),
      error => response.destroy(error),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handOn(
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const { method = '', url = '', headers } = request;
  const contentType = headers['content-type'];
  const body = await text(request);
  const answered = await fetch(`${origin}${url}`, {
    method,
    headers: {
      ...(headers.authorization !== undefined && { authorization: headers.authorization }),
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    ...(method !== 'GET' && { body }),
    redirect: 'manual',
  });
  const bytes = Buffer.from(await answered.arrayBuffer());
  const type = answered.headers.get('content-type');
  response.writeHead(answered.status, type === null ? {} : { 'content-type': type });
  response.end(bytes);
  return { method, url, contentType, body, status: answered.status, answer: bytes.toString() };
}

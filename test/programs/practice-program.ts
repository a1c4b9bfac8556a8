import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { type DrivenProgram, drive } from '../support/driven-program.ts';

const PROGRAM = join(import.meta.dirname, '../../out/main/practice.cjs');

/** The practice line as a process of its own. */
export type PracticeProgram = DrivenProgram;

/** Starts the built practice line. */
export function startPractice(...args: string[]): PracticeProgram {
  return drive(spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] }));
}

/** A request to a program, as its framework would hand it over. */
type Asked = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: Record<string, string>;
  readonly signature: string;
};

/** A small web application of somebody else's: TwiML by HTTP and media by WebSocket. */
export type WebApp = {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly close: () => void;
};

/** Serves what `answer` gives as XML; undefined is an empty 200. */
export async function serveApp(
  answer: (asked: Asked, url: string) => string | undefined,
  onStream: (socket: WebSocket) => void = () => {},
): Promise<WebApp> {
  const asked: Asked[] = [];
  let url = '';
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', data => {
      body += data;
    });
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', url);
      const entry = {
        path: pathname,
        query: searchParams,
        form: Object.fromEntries(new URLSearchParams(body)),
        signature: String(request.headers['x-twilio-signature']),
      };
      asked.push(entry);
      const xml = answer(entry, url);
      response.writeHead(200, xml === undefined ? {} : { 'Content-Type': 'text/xml' });
      response.end(xml);
    });
  });
  new WebSocketServer({ server }).on('connection', onStream);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

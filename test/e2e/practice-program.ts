import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../support/until.ts';

const PROGRAM = join(import.meta.dirname, '../../out/main/practice.cjs');

type Line = Readonly<Record<string, unknown>>;

/** The practice line as a process of its own. */
export type PracticeProgram = {
  readonly process: ChildProcess;
  readonly lines: readonly Line[];
  readonly errors: () => string;
  /** Sends a command and waits for its reply. */
  readonly run: (command: Line) => Promise<Line>;
  readonly write: (text: string) => void;
  /** Waits for an event with these fields. */
  readonly event: (fields: Line) => Promise<Line>;
  readonly ended: Promise<number | string>;
};

/** Starts the built practice line. */
export function startPractice(...args: string[]): PracticeProgram {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'pipe' });
  const lines: Line[] = [];
  let errors = '';
  let ids = 0;
  child.stderr.on('data', data => {
    errors += data;
  });
  createInterface({ input: child.stdout }).on('line', text => lines.push(JSON.parse(text)));
  const wanted = async (fields: Line): Promise<Line> => {
    const find = () =>
      lines.find(line => Object.entries(fields).every(([key, value]) => line[key] === value));
    await until(() => find() !== undefined || child.exitCode !== null, 20_000);
    const line = find();
    if (line === undefined) throw new Error(`it ended without ${JSON.stringify(fields)}`);
    return line;
  };
  return {
    process: child,
    lines,
    errors: () => errors,
    run: command => {
      ids += 1;
      child.stdin.write(`${JSON.stringify({ id: ids, ...command })}\n`);
      return wanted({ reply: ids });
    },
    write: text => child.stdin.write(text),
    event: wanted,
    ended: new Promise(resolve => {
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    }),
  };
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

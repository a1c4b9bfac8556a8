import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { ConnectionEnd } from './speech-service.ts';

/** How long a service may take to accept a connection, in ms. */
const CONNECT_LIMIT_MS = 10_000;

/** A service that says nothing for so long, and answers no ping, is gone. In ms. */
const SILENT_SERVICE_MS = 15_000;

/** How long it may take to close, in ms. */
const CLOSE_LIMIT_MS = 1000;

/** The largest message a service may send, in bytes: hours of words. */
const LARGEST_MESSAGE_BYTES = 4 * 1024 * 1024;

/** So much is read of an answer that refuses, in bytes. */
const BODY_BYTES = 4096;

/** The longest wait a service may ask for, in ms. */
const LONGEST_WAIT_MS = 600_000;

/** A WebSocket to a service. */
type ServiceConnection = {
  readonly send: (message: string | Uint8Array) => void;
  /** Bytes that wait to be sent. */
  readonly unsent: () => number;
  /** Ends it; nothing is told afterwards. */
  readonly end: () => void;
};

/** What a connection tells of. `onEnd` is the last, and told once. */
type ConnectionPorts = {
  readonly clock: Clock;
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  readonly onEnd: (end: ConnectionEnd) => void;
};

/** Connects with a service. */
export function connectService(
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  { clock, onOpen, onText, onEnd }: ConnectionPorts,
): ServiceConnection {
  const socket = new WebSocket(url, {
    headers,
    maxPayload: LARGEST_MESSAGE_BYTES,
    followRedirects: false,
    perMessageDeflate: false,
  });
  let isOver = false;
  let isAlive = true;
  let isOpen = false;
  let errorCode: string | null = null;
  let cancelWatch: Cancel = () => {};

  const release = (): void => {
    isOver = true;
    cancelLimit();
    cancelWatch();
  };
  const over = (end: ConnectionEnd): void => {
    if (isOver) return;
    release();
    socket.terminate();
    onEnd(end);
  };
  const cancelLimit = clock.after(CONNECT_LIMIT_MS, () =>
    over({ kind: 'unreachable', code: 'ETIMEDOUT' }),
  );

  socket.on('open', () => {
    if (isOver) return;
    isOpen = true;
    cancelLimit();
    cancelWatch = every(clock, SILENT_SERVICE_MS, () => {
      if (!isAlive) return over({ kind: 'lost', code: 'ETIMEDOUT' });
      isAlive = false;
      socket.ping();
    });
    onOpen();
  });
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('message', (data, isBinary) => {
    isAlive = true;
    if (!isOver && !isBinary) onText(String(data));
  });
  socket.on('unexpected-response', (_request, response) => {
    void bodyOf(response).then(body =>
      over({
        kind: 'refused',
        status: response.statusCode ?? 0,
        retryAfterMs: retryAfter(response.headers['retry-after'], clock.now()),
        body,
      }),
    );
  });
  // An error is always followed by `close`, but the words of an error may hold the address.
  socket.on('error', error => {
    errorCode = 'code' in error ? String(error.code) : error.name;
  });
  socket.on('close', (code, reason) => {
    if (errorCode !== null) {
      return over({ kind: isOpen ? 'lost' : 'unreachable', code: errorCode });
    }
    over({ kind: 'closed', code, reason: String(reason) });
  });

  return {
    send: message => {
      if (!isOver && socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    unsent: () => socket.bufferedAmount,
    end: () => {
      if (isOver) return;
      release();
      if (socket.readyState !== WebSocket.OPEN) {
        socket.terminate();
        return;
      }
      const cancel = clock.after(CLOSE_LIMIT_MS, () => socket.terminate());
      socket.once('close', cancel);
      socket.close(1000);
    },
  };
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let body = '';
  try {
    for await (const part of response) {
      body += String(part);
      if (body.length >= BODY_BYTES) break;
    }
  } catch {
    // What came until then is enough.
  }
  return body.slice(0, BODY_BYTES);
}

/** Source: RFC 9110 §10.2.3: seconds or a date. */
function retryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS) : null;
}

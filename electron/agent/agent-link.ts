import { WebSocket } from 'ws';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Log } from '../log.ts';
import {
  type Acceptance,
  type AgentCall,
  AgentMessages,
  parseProgramMessage,
} from './agent-messages.ts';

/** How long a program may take to accept the connection, in ms. */
const CONNECT_LIMIT_MS = 5000;

/** How long it may take to close it, in ms. */
const CLOSE_LIMIT_MS = 1000;

/** A program that says nothing for so long, and answers no ping, is dead, though nobody closed it. In ms. */
const SILENT_PROGRAM_MS = 10_000;

/** The largest message a program may send: 8 MiB, ten minutes of sound at once and something to spare. */
const LARGEST_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Unsent bytes from which on sound is left out: about 1 s of it. */
const BACKLOG_BYTES = 16 * 1024;

/** Unsent bytes from which on a program is given up: it goes on asking and does not read the answers. */
const MOST_BACKLOG_BYTES = 1024 * 1024;

/** What a link needs of the rest. */
export type AgentLinkPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly call: AgentCall;
  /** The program said something. @param mulaw 8 kHz @returns false when it was left out */
  readonly onSound: (mulaw: Uint8Array) => boolean;
  /** The program wants to know when all sent before was heard. @returns false when it will not be told */
  readonly onMark: (name: string) => boolean;
  /** The program takes back what was not heard yet. */
  readonly onClear: () => void;
  /** The program accepted the connection. */
  readonly onOpen: () => void;
  /** The program is gone, or never came; told once, and not after `close`. */
  readonly onLost: () => void;
};

/** The connection with the program of one call's agent. What is sent while there is none is left out. */
export type AgentLink = {
  /** What the caller says. @param atMs in ms of the call @param mulaw 8 kHz */
  readonly hear: (atMs: number, mulaw: Uint8Array) => void;
  /** What the person at the desk says to it alone, now. */
  readonly whisper: (mulaw: Uint8Array) => void;
  /** Keys the caller pressed. */
  readonly press: (digits: string) => void;
  /** A mark was reached. */
  readonly reached: (name: string) => void;
  /** A text for the agent alone. */
  readonly instruct: (text: string) => void;
  /** Whether the program takes such things. */
  readonly accepts: (what: Acceptance) => boolean;
  readonly close: () => void;
};

/** Connects a call with the program of an agent. @throws SyntaxError when the url is none of a WebSocket */
export function connectAgent(url: string, ports: AgentLinkPorts): AgentLink {
  const { clock, log, call } = ports;
  const messages = new AgentMessages(call);
  const accepted = new Set<Acceptance>();
  const faults = { misunderstood: 0, leftOut: 0 };
  const socket = new WebSocket(url, {
    maxPayload: LARGEST_MESSAGE_BYTES,
    followRedirects: false,
    perMessageDeflate: false,
  });
  /** Since when it is connected, on the monotonic clock; null before. */
  let since: number | null = null;
  /** Where in the call that was; null until the caller was heard. */
  let callAtStart: number | null = null;
  let closed = false;
  let answered = true;
  let cancelWatch: Cancel = () => {};

  const finish = (): void => {
    closed = true;
    cancelLimit();
    cancelWatch();
    if (faults.misunderstood + faults.leftOut > 0) {
      log.warn(faults, 'the program of an agent sent what was not understood, or too much');
    }
  };
  const lost = (): void => {
    if (closed) return;
    finish();
    socket.terminate();
    ports.onLost();
  };
  const cancelLimit = clock.after(CONNECT_LIMIT_MS, lost);

  const isOpen = (): boolean => !closed && socket.readyState === WebSocket.OPEN;
  // Written only when it is sent, so that the numbers have no gaps.
  const send = (write: () => string): void => {
    if (!isOpen()) return;
    if (socket.bufferedAmount <= MOST_BACKLOG_BYTES) socket.send(write());
    else lost();
  };
  const sendSound = (write: () => string): void => {
    if (socket.bufferedAmount <= BACKLOG_BYTES) send(write);
  };
  const streamMs = (): number => clock.monotonic() - (since ?? clock.monotonic());

  socket.on('open', () => {
    if (closed) return;
    cancelLimit();
    since = clock.monotonic();
    for (const message of messages.opening()) send(() => message);
    cancelWatch = every(clock, SILENT_PROGRAM_MS, () => {
      if (!answered) return lost();
      answered = false;
      if (isOpen()) socket.ping();
    });
    ports.onOpen();
  });
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, isBinary) => {
    if (closed) return;
    answered = true;
    const message = isBinary ? null : parseProgramMessage(String(data));
    if (message === null) faults.misunderstood += 1;
    else if (message.event === 'media') faults.leftOut += ports.onSound(message.mulaw) ? 0 : 1;
    else if (message.event === 'mark') faults.leftOut += ports.onMark(message.name) ? 0 : 1;
    else if (message.event === 'clear') ports.onClear();
    else for (const what of message.accepts) accepted.add(what);
  });
  socket.on('error', error => {
    if (closed) return;
    log.warn({ reason: codeOf(error) }, 'the connection with an agent failed');
    lost();
  });
  socket.on('close', lost);

  return {
    hear: (atMs, mulaw) => {
      if (!isOpen()) return;
      callAtStart ??= atMs - streamMs();
      const timestampMs = Math.max(0, atMs - callAtStart);
      sendSound(() => messages.media('inbound', timestampMs, mulaw));
    },
    whisper: mulaw => {
      if (accepted.has('whisper')) sendSound(() => messages.media('whisper', streamMs(), mulaw));
    },
    press: digits => {
      for (const digit of digits) send(() => messages.dtmf(digit));
    },
    reached: name => send(() => messages.mark(name)),
    instruct: text => send(() => messages.instruction(text)),
    accepts: what => accepted.has(what),
    close: () => {
      if (closed) return;
      send(() => messages.stop());
      if (!closed) finish();
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

/** What an error is called; its words may hold an address. */
function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}

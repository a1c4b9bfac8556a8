import type { RawData, WebSocket } from 'ws';
import { type Clock, every } from '../core/clock.ts';
import type { Log } from '../log.ts';
import { type Fault, type FaultCounts, FRAME_LIMIT_BYTES } from './limits.ts';
import {
  clearMessage,
  type MediaMessage,
  markMessage,
  mediaMessage,
  parseMediaMessage,
  parseSound,
  type Track,
} from './media-messages.ts';
import type { StreamPass } from './stream-tokens.ts';

/** WebSocket close codes used here. Source: RFC 6455 §7.4.1 */
const CLOSE = {
  normal: 1000,
  unsupported: 1003,
  policy: 1008,
} as const;

/** How long a socket may stay without its `start` message. */
const START_LIMIT_MS = 5000;

/** Twilio sends 50 messages a second; a socket silent for so long is dead, though nobody closed it. */
const SILENT_SOCKET_MS = 10_000;

/** Unsent bytes from which on a stream is not ready: about 1 s of sound, at 50 messages of 310 bytes. */
const BACKLOG_LIMIT_BYTES = 16 * 1024;

/** Who takes part in a stream: told of everything it brings. */
export type StreamListener = {
  /**
   * Sound of any length. A two-way stream brings the other side only.
   * @param timestampMs since the stream began
   * @param mulaw as it came, 8 kHz
   */
  readonly onSound: (timestampMs: number, mulaw: Uint8Array, track: Track) => void;
  readonly onDigit: (digit: string) => void;
  readonly onMark: (name: string) => void;
  /** The stream is over: Twilio stopped it, or the socket closed. Told once. */
  readonly onEnd: () => void;
};

/** One accepted Media Stream: the sound of one leg. Only a stream to talk by and that of a seat take sound. */
export type MediaStream = StreamPass & {
  readonly streamSid: string;
  /** The leg whose sound it is. */
  readonly callSid: string;
  /** Sends µ-law sound to be played to the other side; false when the socket is no longer open. */
  readonly send: (mulaw: Uint8Array) => boolean;
  /** Whether what is sent now leaves soon: false while too much waits in the socket. */
  readonly ready: () => boolean;
  /** Asks to be told, by `onMark`, when all sent so far has been played, or was cleared. */
  readonly mark: (name: string) => void;
  /** Takes back what the other side has not heard yet. */
  readonly clear: () => void;
  /** Closes the socket. The call itself goes on in Twilio. */
  readonly close: () => void;
};

/** What a new socket needs of the rest. */
export type StreamPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: FaultCounts;
  /** What a token lets a stream of this leg in for, or null. */
  readonly passOf: (token: string, callSid: string) => StreamPass | null;
  /** Takes a stream on; its listener is told from then on. */
  readonly accept: (stream: MediaStream) => StreamListener;
};

/** Serves one socket from its opening to its end: start within 5 s, the token, then sound. */
export function serveMediaStream(socket: WebSocket, ports: StreamPorts): void {
  const { clock, log, counts } = ports;
  let listener: StreamListener | null = null;
  const count = (fault: Fault): void => {
    counts[fault] += 1;
  };
  /** A socket that is being closed still brings what is on its way. */
  let refused = false;
  const refuse = (fault: Fault, code: number, reason: string): void => {
    refused = true;
    cancelStartLimit();
    count(fault);
    log.warn({ reason }, 'stream refused');
    socket.close(code, reason);
  };
  const cancelStartLimit = clock.after(START_LIMIT_MS, () =>
    refuse('startTimeout', CLOSE.policy, 'No start message within 5 s'),
  );
  let heard = true;
  const cancelWatch = every(clock, SILENT_SOCKET_MS, () => {
    if (!heard) socket.terminate();
    heard = false;
  });
  const end = (): void => {
    cancelStartLimit();
    cancelWatch();
    const told = listener;
    listener = null;
    told?.onEnd();
  };

  const start = (message: Extract<MediaMessage, { event: 'start' }>): void => {
    cancelStartLimit();
    const { token, callSid, streamSid } = message;
    if (listener !== null) {
      count('malformedMessage');
      return;
    }
    const pass = token === null ? null : ports.passOf(token, callSid);
    if (pass !== null) listener = ports.accept(openStream(socket, { streamSid, callSid }, pass));
    else {
      const which = token === null ? 'Missing' : 'Unknown';
      refuse('streamToken', CLOSE.policy, `${which} stream token`);
    }
  };

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (refused) return;
    heard = true;
    if (isBinary) {
      refuse('malformedMessage', CLOSE.unsupported, 'Text messages only');
      return;
    }
    const sound = listener !== null && Buffer.isBuffer(data) ? parseSound(data) : null;
    if (sound !== null) {
      listener?.onSound(sound.timestampMs, sound.payload, sound.track);
      return;
    }
    const parsed = parseMediaMessage(String(data));
    if (!parsed.ok) count(parsed.fault === 'bad-base64' ? 'badBase64' : 'malformedMessage');
    else if (parsed.message.event === 'start') start(parsed.message);
    else if (parsed.message.event === 'stop') end();
    else if (listener !== null) tell(listener, parsed.message);
    else if (parsed.message.event !== 'connected') count('malformedMessage');
  });
  socket.on('close', end);
  socket.on('error', error => {
    count(`${error}`.includes('Max payload') ? 'oversizedFrame' : 'malformedMessage');
    log.warn({ limitBytes: FRAME_LIMIT_BYTES }, 'stream socket failed');
  });
}

function tell(listener: StreamListener, message: MediaMessage): void {
  if (message.event === 'media') {
    listener.onSound(message.timestampMs, message.payload, message.track);
  } else if (message.event === 'dtmf') listener.onDigit(message.digit);
  else if (message.event === 'mark') listener.onMark(message.name);
}

function openStream(
  socket: WebSocket,
  names: Pick<MediaStream, 'streamSid' | 'callSid'>,
  { callId, purpose }: StreamPass,
): MediaStream {
  const { streamSid, callSid } = names;
  const isOpen = (): boolean => socket.readyState === socket.OPEN;
  return {
    streamSid,
    callSid,
    callId,
    purpose,
    send: mulaw => {
      if (!isOpen()) return false;
      socket.send(mediaMessage(streamSid, mulaw));
      return true;
    },
    ready: () => socket.bufferedAmount <= BACKLOG_LIMIT_BYTES,
    mark: name => {
      if (isOpen()) socket.send(markMessage(streamSid, name));
    },
    clear: () => {
      if (isOpen()) socket.send(clearMessage(streamSid));
    },
    close: () => socket.close(CLOSE.normal, 'Call ended here'),
  };
}

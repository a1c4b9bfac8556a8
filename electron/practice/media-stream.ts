import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';
import { FRAME_MS } from '../core/audio/frame.ts';
import { decodeMulaw, encodeMulaw } from '../core/audio/mulaw.ts';
import { alert, signingToken } from './line.ts';
import { LineMessages, parseAppMessage } from './media-messages.ts';
import { Playout } from './playout.ts';
import type { Program } from './program.ts';
import type { Track } from './verb.ts';
import { wait } from './wait.ts';

/** What a stream is opened with. */
type StreamOptions = {
  readonly url: string;
  readonly streamSid: string;
  readonly tracks: readonly Track[];
  /** Whether the far person hears what the app sends, and their keys are told. */
  readonly twoWay: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the connection is cut as soon as it began. */
  readonly isCut: boolean;
  readonly onStarted: () => void;
};

/** How a stream ended: never opened, or closed by the app or by us with a WebSocket close code. */
export type StreamEnd =
  | { readonly opened: false; readonly reason: string }
  | { readonly opened: true; readonly code: number };

const MALFORMED_MESSAGE = 31950;

/** How long the app may take to open and to close the socket, in milliseconds. */
const HANDSHAKE_MS = 10_000;
const CLOSE_MS = 1000;

/** Bytes the app may leave unread before frames are dropped. */
const MAX_UNREAD_BYTES = 1_000_000;

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Streams the call to the app until the app closes the socket or the signal aborts. */
export async function runMediaStream(
  program: Pick<Program, 'line' | 'call' | 'signal'>,
  options: StreamOptions,
): Promise<StreamEnd> {
  const { line, signal } = program;
  if (signal.aborted) return { opened: false, reason: 'The call is over' };
  if (line.pretences.now.unreachable) return { opened: false, reason: 'The connection timed out' };
  const socket = new WebSocket(options.url, {
    handshakeTimeout: HANDSHAKE_MS,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    headers: {
      'User-Agent': 'Twilio.TmeWs/1.0',
      'X-Twilio-Signature': getExpectedTwilioSignature(signingToken(line), options.url, {}),
    },
  });
  const closed = new AbortController();
  let conversation: Conversation | undefined;
  let reason = '';

  const stop = (): void => {
    if (conversation === undefined) {
      socket.terminate();
      return;
    }
    conversation.stop();
    const impatient = AbortSignal.any([closed.signal, line.closing]);
    void wait(line.clock, CLOSE_MS, impatient).then(() => socket.terminate());
  };
  const cut = (): void => socket.terminate();
  line.openStreams.add(cut);
  signal.addEventListener('abort', stop, { once: true });
  socket.on('open', () => {
    conversation = converse(program, socket, options);
    if (options.isCut) socket.terminate();
  });
  socket.on('error', error => {
    reason = error.message;
  });
  const code = await new Promise<number>(resolve => socket.on('close', resolve));
  signal.removeEventListener('abort', stop);
  line.openStreams.delete(cut);
  closed.abort();
  conversation?.end();
  return conversation === undefined ? { opened: false, reason } : { opened: true, code };
}

/** `stop` ends it from our side; `end` tidies up once the socket is closed, whoever closed it. */
type Conversation = { stop(): void; end(): void };

function converse(
  { line, call }: Pick<Program, 'line' | 'call'>,
  socket: WebSocket,
  options: StreamOptions,
): Conversation {
  const { streamSid, tracks } = options;
  const messages = new LineMessages({
    accountSid: line.accountSid,
    callSid: call.sid,
    streamSid,
    tracks,
  });
  const send = (message: string): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  };
  const playout = new Playout(name => send(messages.mark(name)));
  const malformed = (): void => alert(line, call, MALFORMED_MESSAGE, 'A malformed stream message');
  let dropped = 0;
  const sendTrack = (track: Track): (() => void) => {
    const frames = track === 'inbound' ? call.leg.frames : call.leg.hearing;
    let sent = 0;
    return frames.on(frame => {
      const timestampMs = sent * FRAME_MS;
      sent += 1;
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) dropped += 1;
      else send(messages.media(track, encodeMulaw(frame), timestampMs));
    });
  };

  send(messages.connected());
  send(messages.start(options.parameters));
  const ends = tracks.map(sendTrack);
  if (options.twoWay) {
    call.leg.said.rewind();
    ends.push(
      call.leg.connect(() => playout.next()),
      call.leg.keys.on(key => send(messages.dtmf(key))),
    );
  }
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseAppMessage(String(data));
    if (message === undefined || message.streamSid !== streamSid) return malformed();
    if (!options.twoWay) return;
    if (message.event === 'clear') playout.clear();
    else if (message.event === 'mark') playout.mark(message.name);
    else if (!playout.push(decodeMulaw(message.payload))) malformed();
  });
  options.onStarted();

  const disconnect = (): void => {
    for (const end of ends.splice(0)) end();
  };
  return {
    stop() {
      disconnect();
      send(messages.stop());
      socket.close(1000);
    },
    end() {
      disconnect();
      if (dropped > 0) line.log.warn({ dropped }, 'The app read a stream too slowly');
    },
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { decodeMulaw, encodeMulaw } from '../core/audio/mulaw.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { Voice } from '../speech/flite.ts';
import { Ear } from './ear.ts';

/** The caller has finished when quiet for so long, in ms. */
const TURN_QUIET_MS = 900;

/** Whoever says nothing is spoken to again after so long, in ms. */
const SILENT_CALLER_MS = 9000;

/** The largest message taken: 64 KiB. */
const LARGEST_MESSAGE_BYTES = 64 * 1024;

/** He sends what he says in pieces of a second. */
const PIECE_BYTES = 8000;

const BOOKER: Voice = { name: 'rms', pitchHz: 120 };

const GREETING = 'Good day, this is Booker, the assistant of the restaurant. How can I help you?';

/** What Booker says in turn; from the last on he begins again. */
const REPLIES = [
  'I can book a table for you. For which day, and for how many people?',
  'Thank you. I have a table by the window at half past seven. Shall I take it?',
  'Very well. May I have your name for the booking?',
  'Your table is booked. Is there anything else I can do for you?',
];

const message = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected') }),
  z.object({
    event: z.literal('start'),
    start: z.object({
      streamSid: z.string(),
      customParameters: z.record(z.string(), z.string()).default({}),
    }),
  }),
  z.object({
    event: z.literal('media'),
    media: z.object({ track: z.string(), payload: z.string() }),
  }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('dtmf') }),
  z.object({ event: z.literal('instruction'), instruction: z.object({ text: z.string() }) }),
  z.object({ event: z.literal('stop') }),
]);

/** What the program needs. */
type AgentProgramOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly speak: (text: string, voice: Voice) => Promise<Int16Array>;
};

/** A voice agent's program on loopback, as somebody would write one for Twilio's Media Streams. */
export type AgentProgram = {
  /** `ws://127.0.0.1:<port>/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Starts Booker: he greets, answers in turn, stops when he is interrupted, and does what he is told. */
export async function startAgentProgram(options: AgentProgramOptions): Promise<AgentProgram> {
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, maxPayload: LARGEST_MESSAGE_BYTES });
  sockets.on('connection', socket => serve(socket, options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise(resolve => sockets.close(resolve));
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** One call of Booker's. */
function serve(socket: WebSocket, { clock, log, speak }: AgentProgramOptions): void {
  let streamSid = '';
  let ear = new Ear();
  let turn = 0;
  let spoken = 0;
  /** The mark behind what he says now; null when he is silent. */
  let speaking: string | null = null;
  let preparing = false;
  const toSay: string[] = [];
  let cancel = (): void => {};

  const send = (content: Readonly<Record<string, unknown>>): void =>
    socket.send(JSON.stringify({ ...content, streamSid }));

  const listenAgain = (): void => {
    ear = new Ear();
    cancel();
    cancel = clock.after(SILENT_CALLER_MS, () => void say(nextReply));
  };

  const nextReply = (): string => {
    const told = toSay.shift();
    if (told !== undefined) return told;
    turn += 1;
    return REPLIES[(turn - 1) % REPLIES.length] ?? GREETING;
  };

  const spokenOrNull = async (text: string): Promise<Int16Array | null> => {
    try {
      return await speak(text, BOOKER);
    } catch (error) {
      log.warn({ error: String(error) }, 'A voice agent could not speak');
      return null;
    }
  };

  /** @param text asked for only when he may speak: what he is told he says once */
  const say = async (text: () => string): Promise<void> => {
    if (preparing || speaking !== null) return;
    preparing = true;
    cancel();
    const samples = await spokenOrNull(text());
    preparing = false;
    if (samples === null || socket.readyState !== socket.OPEN) return;
    spoken += 1;
    speaking = `said-${spoken}`;
    const mulaw = Buffer.from(encodeMulaw(samples));
    for (let at = 0; at < mulaw.length; at += PIECE_BYTES) {
      const payload = mulaw.subarray(at, at + PIECE_BYTES).toString('base64');
      send({ event: 'media', media: { payload } });
    }
    send({ event: 'mark', mark: { name: speaking } });
  };

  const hear = (mulaw: Uint8Array): void => {
    ear.hear(decodeMulaw(mulaw));
    if (speaking !== null && ear.quietMs === 0) {
      // He lets others finish.
      speaking = null;
      send({ event: 'clear' });
      listenAgain();
    } else if (speaking === null && ear.voicedMs > 0 && ear.quietMs >= TURN_QUIET_MS) {
      void say(nextReply);
    }
  };

  socket.on('message', data => {
    const read = message.safeParse(parsed(String(data))).data;
    if (read === undefined) {
      log.warn('A voice agent did not understand a message');
      return;
    }
    switch (read.event) {
      case 'start':
        streamSid = read.start.streamSid;
        // Twilio itself knows no such message; a desk that does says so.
        if (read.start.customParameters['offers'] !== undefined) {
          send({ event: 'accepts', accepts: ['instruction', 'whisper'] });
        }
        void say(() => GREETING);
        return;
      case 'media':
        // What is whispered to him he keeps to himself.
        if (read.media.track !== 'whisper') hear(Buffer.from(read.media.payload, 'base64'));
        return;
      case 'mark':
        if (read.mark.name !== speaking) return;
        speaking = null;
        if (toSay.length > 0) void say(nextReply);
        else listenAgain();
        return;
      case 'instruction':
        toSay.push(read.instruction.text);
        if (speaking === null) void say(nextReply);
        return;
      case 'stop':
        socket.close(1000);
        return;
      default:
        return;
    }
  });
  socket.on('close', () => cancel());
  socket.on('error', () => cancel());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

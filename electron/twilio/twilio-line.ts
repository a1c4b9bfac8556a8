import type { Frame } from '../core/audio/frame.ts';
import type { CallId } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { CallFact } from '../core/events.ts';
import type { Problem } from '../core/problem.ts';
import type { Log } from '../log.ts';
import { type FaultCounts, noFaults } from './limits.ts';
import { type MediaStream, serveMediaStream } from './media-stream.ts';
import { createRest, type NumberWebhooks, type Rest, type RestOptions } from './rest.ts';
import { type Server, startServer, type WebhookHandler } from './server.ts';
import { createVoiceLine, type VoiceLine } from './voice-line.ts';

/** Paths that answer with TwiML; the first is ours, the others are those of older systems. */
const VOICE_PATHS = [
  '/voice/webhook',
  '/voice/incoming',
  '/twilio/voice/inbound',
  '/twilio/voice/outbound_twiML',
  '/webhooks/twilio/voice',
  '/twiml',
];

/** Paths that take status callbacks. */
const STATUS_PATHS = [
  '/voice/status',
  '/voice/events',
  '/twilio/status',
  '/webhooks/twilio/status',
  '/call/status',
];

/** Paths a Media Stream may be opened on. */
const STREAM_PATH = /^\/(voice\/stream|media-stream|twilio\/stream\/[A-Za-z0-9]+)\/?$/;

/** The other end of a stream, told of its sound. */
type StreamSound = {
  readonly onFrame: (timestampMs: number, frame: Frame) => void;
  readonly onEnd: () => void;
};

/** What a line needs of the rest. */
export type TwilioLinePorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly account: RestOptions;
  readonly number: string;
  readonly port: number;
  readonly host: string;
  /** The public address; null makes it this server's own, which only a line on this computer reaches. */
  readonly publicUrl: string | null;
  /** Whether to send the number's calls here while running. */
  readonly pointNumber: boolean;
  readonly newCallId: () => CallId;
  readonly emit: (fact: CallFact) => void;
  readonly onProblem: (problem: Problem) => void;
  /** Connects the sound of a stream. */
  readonly connectSound: (stream: MediaStream) => StreamSound;
};

/** An open line: its server listens and its number rings here. */
export type TwilioLine = Pick<VoiceLine, 'dial' | 'answer' | 'hangUp'> & {
  readonly port: number;
  readonly publicUrl: string;
  /** What was refused or not understood since the start. */
  readonly faults: FaultCounts;
  /** Hangs up, gives the number back, stops listening. */
  readonly close: () => Promise<void>;
};

/** Opens a line on an account. Rejects with a `ProblemError` when it cannot listen. */
export async function openTwilioLine(ports: TwilioLinePorts): Promise<TwilioLine> {
  const { clock, log, account, emit } = ports;
  const faults = noFaults();
  const rest = createRest(account);
  let publicUrl = ports.publicUrl ?? '';
  const voice = createVoiceLine({
    clock,
    log,
    rest,
    emit,
    origin: () => publicUrl,
    newCallId: ports.newCallId,
    onProblem: ports.onProblem,
  });
  const server = await startServer(
    {
      clock,
      log,
      counts: faults,
      authToken: account.authToken,
      origin: () => publicUrl,
      webhooks: routes(voice),
      isStreamPath: path => STREAM_PATH.test(path),
      onStream: socket =>
        serveMediaStream(socket, {
          clock,
          log,
          counts: faults,
          callOf: voice.callOf,
          accept: stream => {
            const sound = ports.connectSound(stream);
            voice.streamStarted(stream);
            return {
              onFrame: sound.onFrame,
              onDigit: digits => emit({ event: 'digits-received', callId: stream.callId, digits }),
              onMark: () => {},
              onEnd: () => {
                sound.onEnd();
                voice.streamEnded(stream);
              },
            };
          },
        }),
    },
    ports.port,
    ports.host,
  );
  publicUrl = ports.publicUrl ?? `http://${ports.host}:${server.port}`;
  const giveBack = await pointing(rest, ports, publicUrl, server);
  return {
    dial: voice.dial,
    answer: voice.answer,
    hangUp: voice.hangUp,
    port: server.port,
    publicUrl,
    faults,
    close: () => close(voice, server, giveBack),
  };
}

function routes(voice: VoiceLine): ReadonlyMap<string, WebhookHandler> {
  return new Map<string, WebhookHandler>([
    ...VOICE_PATHS.map(path => [path, voice.voiceWebhook] as const),
    ...STATUS_PATHS.map(
      path =>
        [
          path,
          async (webhook: Parameters<WebhookHandler>[0]) => {
            voice.statusWebhook(webhook);
            return null;
          },
        ] as const,
    ),
  ]);
}

/** Sends the number's calls here when asked to. A line that cannot do so does not go on listening. */
async function pointing(
  rest: Rest,
  ports: TwilioLinePorts,
  publicUrl: string,
  server: Server,
): Promise<() => Promise<void>> {
  if (!ports.pointNumber) return async () => {};
  try {
    return await pointHere(rest, ports, publicUrl);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Sends the number's calls here. @returns how to give it back */
async function pointHere(
  rest: Rest,
  { number, log, onProblem }: TwilioLinePorts,
  publicUrl: string,
): Promise<() => Promise<void>> {
  const here: NumberWebhooks = {
    voiceUrl: `${publicUrl}/voice/webhook`,
    statusCallback: `${publicUrl}/voice/status`,
  };
  const before = await rest.pointNumber(number, here);
  if (before === null) {
    onProblem({
      kind: 'line-down',
      message:
        'The account does not own this number, so calls cannot ring here. Calling out works.',
      remedy: 'Choose a number that the account owns.',
    });
    return async () => {};
  }
  return async () => {
    try {
      await rest.pointNumber(number, before);
    } catch {
      log.warn('the number could not be given back');
    }
  };
}

async function close(
  voice: VoiceLine,
  server: Server,
  giveBack: () => Promise<void>,
): Promise<void> {
  await voice.close();
  await giveBack();
  await server.close();
}

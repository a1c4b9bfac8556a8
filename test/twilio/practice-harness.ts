import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { RoomNews } from '../../electron/core/conference.ts';
import type { CallFact } from '../../electron/core/events.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import type { TranscriptionNews } from '../../electron/core/transcription.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import type { Track } from '../../electron/twilio/media-messages.ts';
import type { MediaStream } from '../../electron/twilio/media-stream.ts';
import { createRecordingRest } from '../../electron/twilio/recording-rest.ts';
import { NO_FORWARDING } from '../../electron/twilio/request-origin.ts';
import { createRest, type Rest } from '../../electron/twilio/rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { createRoomRest } from '../../electron/twilio/room-rest.ts';
import { createTranscriptionRest } from '../../electron/twilio/transcription-rest.ts';
import {
  openTwilioLine,
  type TwilioLine,
  type TwilioLinePorts,
} from '../../electron/twilio/twilio-line.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { quietLog } from '../support/quiet-log.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

/** A desk's line on a practice line, many times as fast as real. */
export type PracticeHarness = {
  readonly practice: PracticeLine;
  readonly rest: Rest;
  readonly line: TwilioLine;
  /** The address of the line's server. */
  readonly origin: string;
  readonly facts: (CallFact & { readonly key?: string })[];
  /** What the other sides said, by call. */
  readonly frames: Map<string, Int16Array[]>;
  /** What Twilio told of conferences, seats and streams. */
  readonly news: RoomNews[];
  /** What Twilio told of transcriptions. */
  readonly transcripts: TranscriptionNews[];
  /** How many frames came beside calls, by call and track. */
  readonly beside: Map<string, Record<Track, number>>;
  /** The streams of seats, with what came by them. */
  readonly seats: { readonly stream: MediaStream; readonly heard: Int16Array[]; ended: boolean }[];
  /** What happened, in words. */
  readonly told: () => string[];
  readonly hasTold: (word: string) => () => boolean;
  readonly hasEnded: () => boolean;
  /** Waits for so long on the practice line's clock. */
  readonly practiceMs: (ms: number) => Promise<void>;
  readonly dial: (number: string) => Promise<string>;
  /** Waits for a call that was dialled to be connected. @returns its CallSid */
  readonly connected: (callId: string) => Promise<string>;
  /** The CallSid that Twilio gave a call. */
  readonly sidOf: (callId: string) => string;
  /** Sends a webhook as Twilio does. */
  readonly post: (path: string, params: Record<string, string>) => Promise<Response>;
  /** Opens a second line for the same account, as after a restart. */
  readonly openAnother: (ports?: Partial<TwilioLinePorts>) => Promise<TwilioLine>;
  readonly close: () => Promise<void>;
};

/** What a test may choose. */
export type HarnessOptions = {
  readonly people: readonly Person[];
  readonly speed?: number;
  readonly settings?: Partial<Settings>;
  readonly ports?: Partial<TwilioLinePorts>;
  /** False leaves the number where it is. */
  readonly pointNumber?: boolean;
};

/** Opens a practice line and a desk's line on it, its number pointed here. */
export async function openPracticeHarness(options: HarnessOptions): Promise<PracticeHarness> {
  const { people, speed = 20 } = options;
  const clock = fastClock(speed);
  const practice = await createPracticeLine({ clock, log: quietLog, people });
  const client = createRestClient({ ...practice, apiKey: null }, clock, Math.random);
  const rest = createRest(client);
  const facts: PracticeHarness['facts'] = [];
  const frames: PracticeHarness['frames'] = new Map();
  const news: PracticeHarness['news'] = [];
  const transcripts: TranscriptionNews[] = [];
  const beside: PracticeHarness['beside'] = new Map();
  const seats: PracticeHarness['seats'] = [];
  const lines: TwilioLine[] = [];
  let ids = 0;
  let turns = 0;
  let origin: string | null = null;

  const open = async (more: Partial<TwilioLinePorts> = {}): Promise<TwilioLine> => {
    const opened = await openTwilioLine({
      clock,
      log: quietLog,
      rest,
      recordingRest: createRecordingRest(client),
      authToken: practice.authToken,
      deskId: 'desk-1',
      forwarding: NO_FORWARDING,
      skipSignature: false,
      port: 0,
      host: '127.0.0.1',
      origin: () => origin,
      settings: () => ({ ...DEFAULT_SETTINGS, ...options.settings }),
      isTrial: () => false,
      isBusy: () => false,
      newCallId: () => `call-${++ids}`,
      newTurn: () => `turn-${++turns}`,
      emit: fact => facts.push(fact),
      onProblem: () => {},
      connectSound: ({ callId }) => {
        const received = frames.get(callId) ?? [];
        frames.set(callId, received);
        return {
          onSound: (_, mulaw) => {
            received.push(decodeMulaw(mulaw));
          },
          onMark: () => {},
          onEnd: () => {},
        };
      },
      roomRest: createRoomRest(client),
      lineNumber: () => practice.number,
      pointSeatNumber: number => pointAt(practice, number, origin ?? ''),
      connectMonitor: ({ callId }) => {
        const heard = { inbound: 0, outbound: 0 };
        beside.set(callId, heard);
        return {
          onSound: track => {
            heard[track] += 1;
          },
          onEnd: () => {},
        };
      },
      connectSeat: stream => {
        const seat = { stream, heard: [] as Int16Array[], ended: false };
        seats.push(seat);
        return {
          onSound: (_, mulaw) => seat.heard.push(decodeMulaw(mulaw)),
          onMark: () => {},
          onEnd: () => {
            seat.ended = true;
          },
        };
      },
      onRoomNews: told => news.push(told),
      transcriptionRest: createTranscriptionRest(client),
      onTranscription: told => transcripts.push(told),
      ...options.ports,
      ...more,
    });
    lines.push(opened);
    origin = `http://127.0.0.1:${opened.port}`;
    if (options.pointNumber !== false) await point(practice, origin);
    return opened;
  };
  const line = await open();

  const told = (): string[] =>
    facts.map(fact => (fact.event === 'call-ended' ? `ended ${fact.reason}` : fact.event));
  const sidOf = (callId: string): string => {
    const named = facts.find(fact => fact.event === 'call-named' && fact.callId === callId);
    return named?.event === 'call-named' ? named.callSid : '';
  };
  return {
    practice,
    rest,
    line,
    facts,
    frames,
    news,
    transcripts,
    beside,
    seats,
    origin: `http://127.0.0.1:${line.port}`,
    told,
    sidOf,
    hasTold: word => () => told().includes(word),
    hasEnded: () => facts.some(fact => fact.event === 'call-ended'),
    practiceMs: ms => new Promise(resolve => setTimeout(resolve, ms / speed)),
    dial: number => line.dial({ number, name: null }, practice.number, { detectMachine: false }),
    connected: async callId => {
      await until(() =>
        facts.some(fact => fact.event === 'stream-started' && fact.callId === callId),
      );
      return sidOf(callId);
    },
    post: (path, params) =>
      postSigned(`http://127.0.0.1:${line.port}${path}`, params, practice.authToken),
    openAnother: open,
    close: async () => {
      for (const opened of lines) await opened.close();
      await practice.close();
    },
  };
}

/** Sends the calls of another of the account's numbers here. */
async function pointAt(practice: PracticeLine, number: string, origin: string): Promise<void> {
  const client = createTwilioClient(practice);
  const [found] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  const sid = found?.sid ?? '';
  await client.incomingPhoneNumbers(sid).update({ voiceUrl: `${origin}/voice/webhook` });
}

async function point(practice: PracticeLine, origin: string): Promise<void> {
  const client = createTwilioClient(practice);
  const [number] = await client.incomingPhoneNumbers.list();
  await client.incomingPhoneNumbers(number?.sid ?? '').update({
    voiceUrl: `${origin}/voice/webhook`,
    statusCallback: `${origin}/voice/status`,
  });
}

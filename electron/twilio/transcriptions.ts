import { randomBytes } from 'node:crypto';
import type { CallId } from '../core/call.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type {
  LineTranscriptions,
  TranscriptionNews,
  TranscriptionWish,
} from '../core/transcription.ts';
import type { Log } from '../log.ts';
import type { BookedCall } from './call-book.ts';
import { statusWord } from './call-status.ts';
import { problemKind } from './call-watch.ts';
import { LatestSids } from './latest-sids.ts';
import type { Webhook, WebhookHandler } from './server.ts';
import { readTranscriptionNews } from './transcription-news.ts';
import type { TranscriptionRest } from './transcription-rest.ts';
import { transcribed } from './twiml.ts';
import { text } from './webhook-fields.ts';
import { TRANSCRIPTION_PATH, type WebhookUrls } from './webhook-urls.ts';

/** What transcriptions need of the world outside the line. */
export type TranscriptionPorts = {
  /** Null when only a relay is known. */
  readonly transcriptionRest: TranscriptionRest | null;
  /**
   * How the transcript of a call is wanted that goes live now; null: it is not. Asked once for each
   * call, just before its first live document is written.
   */
  readonly transcriptionWish: (callId: CallId) => TranscriptionWish | null;
  /** Told at once of everything Twilio tells of transcriptions, those of legs elsewhere included. */
  readonly onTranscription: (news: TranscriptionNews) => void;
  /** Something was told of a transcription that cannot be understood. */
  readonly onUnreadable: () => void;
};

/** What building them needs of the line. */
type Parts = TranscriptionPorts & {
  readonly log: Log;
  readonly urls: WebhookUrls;
  readonly origin: () => string | null;
};

/** The transcriptions of a line. */
export type Transcriptions = {
  readonly actions: LineTranscriptions;
  /** What Twilio tells of transcriptions, by path. */
  readonly webhooks: ReadonlyMap<string, WebhookHandler>;
  /** Asks whether the transcript of a call is wanted that goes live. @returns what makes its document begin with it */
  readonly begin: (call: BookedCall) => (document: string) => string;
  /** Whether Twilio now transcribes what the party of a call says. */
  readonly hears: (call: Pick<BookedCall, 'sid'>) => boolean;
  readonly forget: (call: BookedCall) => void;
};

/** A transcription that was asked for here. */
type Asked = { readonly callSid: string | null; sid: string | null };

/** Builds the transcriptions of a line. */
export function createTranscriptions(ports: Parts): Transcriptions {
  const { urls, log } = ports;
  const begun = new Set<CallId>();
  /** By name. */
  const asked = new Map<string, Asked>();
  /** Those that listen to the party of a leg, by its CallSid. */
  const hearing = new Map<string, Set<string>>();
  const over = new LatestSids();

  /** Notes a transcription to come. */
  const expect = (callSid: string | null) => {
    const name = `earshot-${randomBytes(8).toString('hex')}`;
    const entry: Asked = { callSid, sid: null };
    asked.set(name, entry);
    return { name, entry, callback: urls.transcription(name) };
  };

  const note = (news: TranscriptionNews, { params, query }: Webhook): void => {
    const { callSid, transcriptionSid } = news;
    const name = query['name'] ?? '';
    if (news.news === 'stopped' || news.news === 'failed') {
      over.add(transcriptionSid);
      asked.delete(name);
      const sids = hearing.get(callSid);
      sids?.delete(transcriptionSid);
      if (sids?.size === 0) hearing.delete(callSid);
      return;
    }
    const entry = asked.get(name);
    if (entry !== undefined) entry.sid ??= transcriptionSid;
    // That one began which was asked for here also shows in what it tells: its start may be lost.
    const isRunning = news.news === 'started' || entry !== undefined;
    const track = news.news === 'content' ? null : statusWord(text(params['Track']));
    const hears = news.news === 'content' ? news.track === 'inbound' : track !== 'outbound_track';
    if (!isRunning || !hears || over.has(transcriptionSid)) return;
    hearing.set(callSid, (hearing.get(callSid) ?? new Set()).add(transcriptionSid));
  };

  const hear: WebhookHandler = async webhook => {
    const news = readTranscriptionNews(webhook.params);
    if (news === null) {
      ports.onUnreadable();
      log.warn('something was told of a transcription that cannot be understood');
      return null;
    }
    note(news, webhook);
    ports.onTranscription(news);
    return null;
  };

  const wishFor = (callId: CallId): TranscriptionWish | null => {
    try {
      return ports.transcriptionWish(callId);
    } catch (error) {
      // The call goes live all the same.
      log.error({ err: error }, 'nobody could say whether a transcript is wanted');
      return null;
    }
  };

  const rest = (): TranscriptionRest => {
    if (ports.transcriptionRest === null) throw new ProblemError(RELAY_ONLY);
    return ports.transcriptionRest;
  };

  const start: LineTranscriptions['start'] = async ({ callSid, ...wish }) => {
    const twilio = rest();
    if (ports.origin() === null) throw new ProblemError(NOT_REACHABLE);
    const { name, entry, callback } = expect(callSid);
    try {
      entry.sid = await twilio.start(callSid, { ...wish, name, callback });
      return entry.sid;
    } catch (error) {
      // It began, though the answer was lost.
      if (entry.sid !== null) return entry.sid;
      asked.delete(name);
      // One that runs and that nobody here knows of would write everything down twice.
      if (problemKind(error) === 'call-uncertain') twilio.stop(callSid, name).catch(() => {});
      throw error;
    }
  };

  return {
    actions: {
      start,
      stop: async (callSid, transcriptionSid) => {
        if (!over.has(transcriptionSid)) await rest().stop(callSid, transcriptionSid);
      },
      isBegun: callId => begun.has(callId),
    },
    webhooks: new Map([[TRANSCRIPTION_PATH, hear]]),
    begin: call => {
      if (call.isCarried) return unchanged;
      call.isCarried = true;
      const wish = wishFor(call.id);
      if (wish === null) return unchanged;
      begun.add(call.id);
      const { name, callback } = expect(call.sid);
      return document => transcribed(document, { ...wish, name, callback });
    },
    hears: ({ sid }) => sid !== null && hearing.has(sid),
    forget: ({ id, sid }) => {
      begun.delete(id);
      if (sid !== null) hearing.delete(sid);
      for (const [name, { callSid }] of asked) {
        if (callSid === sid) asked.delete(name);
      }
    },
  };
}

function unchanged(document: string): string {
  return document;
}

const RELAY_ONLY: Problem = {
  kind: 'not-available',
  message: 'The relay starts calls, but cannot let Twilio write them down. The call goes on.',
  remedy: 'Let this computer write calls down, or enter the account the relay uses.',
};

const NOT_REACHABLE: Problem = {
  kind: 'not-reachable',
  message: 'Twilio cannot reach this computer, so it cannot tell what is said. The call goes on.',
  remedy: 'Open the tunnel, or let this computer write calls down.',
};

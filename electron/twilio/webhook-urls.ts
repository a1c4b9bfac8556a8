import type { CallId } from '../core/call.ts';

/**
 * How Twilio asks again when a webhook is lost, as the fragment of its address, which it keeps to
 * itself: five times, whatever went wrong, after 2 s without a connection or 10 s without an answer.
 * No answer of ours takes longer, as the longest waits 8 s for somebody to pick up.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
const ASK_AGAIN = '#rc=5&rp=all&ct=2000&rt=10000';

/** The path Twilio tells of recordings at; apart from that of calls, as such a callback may come after a call's end. */
export const RECORDING_PATH = '/voice/recording';

/** The path Twilio tells of transcriptions at. */
export const TRANSCRIPTION_PATH = '/voice/transcription';

/** The paths Twilio asks and tells at about conferences, seats and streams beside calls. */
export const ROOM_PATHS = {
  seat: '/voice/seat',
  room: '/voice/room',
  conference: '/voice/conference',
  leg: '/voice/leg',
  monitor: '/voice/monitor',
  transfer: '/voice/transfer',
  transferAnswered: '/voice/transfer-answered',
  transferOver: '/voice/transfer-over',
} as const;

/** The addresses Twilio is sent to about a call. */
export type WebhookUrls = {
  /**
   * Where to ask what comes next.
   * @param use why it will be asked, with a number that makes the address unlike any other: a
   *   server answers the same signed request with what it answered before
   */
  readonly voice: (id: CallId, use: VoiceUse) => string;
  /** The address of a call that is dialled. */
  readonly answered: (id: CallId) => string;
  readonly status: (id: CallId) => string;
  /** Where to tell who took the call. */
  readonly answeredBy: (id: CallId) => string;
  /** Where to tell what a gather got. */
  readonly gather: (id: CallId, turn: string, query?: Readonly<Record<string, string>>) => string;
  readonly holdMusic: () => string;
  /** Where to tell how a recording goes on. */
  readonly recording: () => string;
  /** Where to tell what is said, and how a transcription goes on. */
  readonly transcription: (name: string) => string;
  readonly stream: () => string;
  /** What a leg does that is called as this desk's seat. */
  readonly seat: () => string;
  /** Where a leg asks how it takes part in a conference. */
  readonly room: (place: Readonly<Record<string, string>>) => string;
  /** Where to tell of conferences. */
  readonly conference: () => string;
  /** Where to tell how a leg goes on that was asked for here. */
  readonly leg: () => string;
  /** Where to tell how a stream beside a call goes on. */
  readonly monitor: (name: string) => string;
  /** Where a leg asks whom to ring instead. */
  readonly transfer: (id: CallId, to: string) => string;
  /** Where to tell that they answered. */
  readonly transferAnswered: (id: CallId, callSid: string) => string;
  /** Where a leg asks what comes next when that is over. */
  readonly transferOver: (id: CallId) => string;
};

/** Why a call's document is asked for again: it rings on, streams again, has something to say, is picked up, left the queue. */
type VoiceUse = 'turn' | 'resume' | 'say' | 'pick' | 'left';

/** @param origin the public address without a path; while there is none, the last one is used, as a lost tunnel may come back */
export function createWebhookUrls(origin: () => string | null): WebhookUrls {
  let last = '';
  let uses = 0;
  const at = (path: string): string => {
    last = origin() ?? last;
    return `${last}${path}`;
  };
  const to = (path: string, query: Readonly<Record<string, string>> = {}): string => {
    const search = new URLSearchParams(query).toString();
    return `${at(path)}${search === '' ? '' : `?${search}`}${ASK_AGAIN}`;
  };
  return {
    voice: (callId, use) => to('/voice/webhook', { callId, [use]: String(++uses) }),
    answered: callId => to('/voice/webhook', { callId }),
    status: callId => to('/voice/status', { callId }),
    answeredBy: callId => to('/voice/answered-by', { callId }),
    gather: (callId, turn, query) => to('/voice/gather', { callId, turn, ...query }),
    holdMusic: () => to('/voice/hold-music'),
    recording: () => to(RECORDING_PATH),
    transcription: name => to(TRANSCRIPTION_PATH, { name }),
    stream: () => at('/voice/stream').replace(/^http/, 'ws'),
    seat: () => to(ROOM_PATHS.seat),
    room: place => to(ROOM_PATHS.room, { ...place, use: String(++uses) }),
    conference: () => to(ROOM_PATHS.conference),
    leg: () => to(ROOM_PATHS.leg),
    monitor: name => to(ROOM_PATHS.monitor, { name }),
    transfer: (callId, instead) =>
      to(ROOM_PATHS.transfer, { callId, to: instead, use: String(++uses) }),
    transferAnswered: (callId, leg) => to(ROOM_PATHS.transferAnswered, { callId, leg }),
    transferOver: callId => to(ROOM_PATHS.transferOver, { callId, use: String(++uses) }),
  };
}

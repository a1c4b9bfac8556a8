import type { CallId, Party, UnfinishedCall } from '../core/call.ts';
import { type Clock, within } from '../core/clock.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Settings } from '../core/settings.ts';
import type { Log } from '../log.ts';
import { type BookedCall, CallBook } from './call-book.ts';
import { createCallProgress, type KeyedFact } from './call-progress.ts';
import { createCallWatch } from './call-watch.ts';
import { type Carrying, createCarrying } from './carrying.ts';
import { createDialling, type DialOptions, type NotifyOptions } from './dialling.ts';
import { createEnding } from './ending.ts';
import { createIncoming } from './incoming.ts';
import { createLegPlaces } from './leg-places.ts';
import { noSuchCall, wrongState } from './line-problems.ts';
import { createNotices } from './notices.ts';
import { PickUp } from './pick-up.ts';
import type { Rest } from './rest.ts';
import { createRestoring } from './restoring.ts';
import { onlyRelay } from './room-problems.ts';
import { createRooms, type RoomPorts, type Rooms } from './rooms.ts';
import { StreamTokens } from './stream-tokens.ts';
import { createTalk } from './talk.ts';
import {
  createTranscriptions,
  type TranscriptionPorts,
  type Transcriptions,
} from './transcriptions.ts';
import type { Listening, Spoken } from './twiml.ts';
import { createVoiceWebhooks, type VoiceWebhooks } from './voice-webhooks.ts';
import type { Voice } from './voices.ts';
import { createWebhookUrls } from './webhook-urls.ts';

/** How long hanging up may take when the line closes. */
const GOODBYE_LIMIT_MS = 3000;

/** What is asked of Twilio about calls. */
export type CallRest = Pick<Rest, 'dial' | 'end' | 'fetch' | 'redirect' | 'liveCalls'>;

/** What the voice line needs of the rest. */
export type VoiceLinePorts = Partial<RoomPorts & TranscriptionPorts> & {
  readonly clock: Clock;
  readonly log: Log;
  readonly rest: CallRest;
  /** The public address without a path; null when Twilio cannot reach this computer. */
  readonly origin: () => string | null;
  readonly settings: () => Settings;
  /** Trial accounts have no streams. */
  readonly isTrial: () => boolean;
  /** A live call stands at this desk. */
  readonly isBusy: () => boolean;
  readonly newCallId: () => CallId;
  /** Names a gather; no two share it. */
  readonly newTurn: () => string;
  /** Told of everything that happens on calls. */
  readonly emit: (fact: KeyedFact) => void;
  /** Told of a failure that no command waits for. */
  readonly onProblem: (problem: Problem) => void;
};

/** What a gather asks for. */
type GatherOptions = Omit<Listening, 'prompt'> & {
  /** Spoken first. */
  readonly text?: string;
  readonly voice: Voice;
};

/** What is asked of calls. Everything that fails as expected rejects with a `ProblemError`. */
export type CallActions = {
  readonly dial: (to: Party, from: PhoneNumber, options: DialOptions) => Promise<CallId>;
  /** Calls somebody only to speak a message; works without a public address too. */
  readonly notify: (to: Party, from: PhoneNumber, options: NotifyOptions) => Promise<CallId>;
  /** Takes a call that rings or waits here. */
  readonly answer: (id: CallId) => void | Promise<void>;
  /** Lets a call that rings here wait in the hold queue. */
  readonly enqueue: (id: CallId) => void;
  /** Ends a call, or declines it while it rings or waits here. */
  readonly hangUp: (id: CallId) => Promise<void>;
  /** Forgets a call that goes on without this desk: it is neither ended nor timed from here any more. */
  readonly letGo: (id: CallId) => void;
  /** Lets Twilio speak a text into a live call, after those that were asked for before. */
  readonly say: (id: CallId, text: string, voice: Voice) => Promise<void>;
  /** Lets Twilio ask for words or keys. @returns the turn that names the answer */
  readonly gather: (id: CallId, options: GatherOptions) => Promise<string>;
  /** Brings back calls that an earlier run left. */
  readonly restore: (calls: readonly UnfinishedCall[]) => Promise<void>;
};

/** Calls through Twilio: what is asked of it goes out by REST, what it says comes in by webhooks and streams. */
export type VoiceLine = CallActions &
  Pick<Carrying, 'callOf' | 'streamStarted' | 'streamEnded'> & {
    readonly webhooks: VoiceWebhooks;
    /** Calls of others, and conferences. */
    readonly rooms: Pick<Rooms, 'actions' | 'webhooks' | 'passOf' | 'accept'>;
    /** Transcripts that Twilio writes. */
    readonly transcriptions: Pick<Transcriptions, 'actions' | 'webhooks'>;
    /** The CallSid of a live call. Throws a `ProblemError` when there is no such call. */
    readonly sidOf: (id: CallId) => string;
    /** Hangs up every call, then forgets them. */
    readonly close: () => Promise<void>;
  };

/** Builds the voice line. */
export function createVoiceLine(ports: VoiceLinePorts): VoiceLine {
  const { clock, log, rest, isTrial, onProblem } = ports;
  const book = new CallBook();
  const tokens = new StreamTokens();
  const pickUp = new PickUp(clock);
  const urls = createWebhookUrls(ports.origin);
  let closing = false;

  const progress = createCallProgress({
    ...ports,
    book,
    onAnswered: call => {
      watch.limit(call);
      if (call.isPolled) notices.begun(call);
    },
    onEnded: call => {
      watch.forget(call);
      tokens.revoke(call.id);
      talk.forget(call);
      transcriptions.forget(call);
      notices.forget(call);
      pickUp.decide(call.id, null);
    },
  });
  const later = () => progress;
  const ending = createEnding({ clock, log, rest, pickUp, onProblem, progress: later });
  const watch = createCallWatch({ clock, rest, progress: later, onTimeOver: ending.timeOut });
  const transcriptions = createTranscriptions({ ...NO_TRANSCRIPTS, ...ports, urls });
  const isTranscribed = transcriptions.hears;
  const talk = createTalk({ ...ports, urls, progress: later, isTranscribed });
  const notices = createNotices({ clock, progress: later });
  const carrying = createCarrying({
    book,
    tokens,
    urls,
    progress,
    watch,
    talk,
    transcriptions,
    isTrial,
  });
  const incoming = createIncoming({ ...ports, urls, pickUp, progress, carrying });
  const dialling = createDialling({ ...ports, book, urls, progress, watch, ending, notices });
  const restoring = createRestoring({
    ...ports,
    book,
    urls,
    progress,
    watch,
    goesOnWithout: call => rooms.goesOnWithout(call),
  });
  const places = createLegPlaces(urls);
  const rooms = createRooms({
    ...NO_ROOMS,
    ...ports,
    book,
    tokens,
    urls,
    places,
    progress,
    watch,
    incoming,
    ending,
    voice: webhook => webhooks.voice(webhook),
  });
  const webhooks: VoiceWebhooks = createVoiceWebhooks({
    ...ports,
    book,
    rooms,
    places,
    progress,
    watch,
    talk,
    notices,
    carrying,
    incoming,
    restoring,
    isClosing: () => closing,
  });

  const live = (id: CallId): BookedCall => {
    const call = book.byId(id);
    if (call === undefined) throw noSuchCall();
    if (call.progress !== 'answered') throw wrongState('This call is not live.');
    if (call.kind === 'notify') throw wrongState('This call only speaks its message.');
    return call;
  };

  /** A live call into which Twilio can speak: that would take it out of where it is with others. */
  const alone = (id: CallId): BookedCall => {
    const call = live(id);
    if (call.away !== null)
      throw wrongState('Others are on this call: Twilio cannot speak into it.');
    return call;
  };

  const sayGoodbye = async (call: BookedCall): Promise<void> => {
    // Those who talk with each other go on; who cannot be asked about could not be hung up either.
    if (call.away !== null && (await rooms.goesOnWithout(call))) return;
    await ending.hangUp(call, true);
  };

  const close = async (): Promise<void> => {
    closing = true;
    restoring.close();
    await rooms.close();
    const goodbyes = book.all().map(call => sayGoodbye(call).catch(error => report(error, ports)));
    await within(clock, GOODBYE_LIMIT_MS, Promise.allSettled([...goodbyes, dialling.settled()]));
    for (const call of book.all()) {
      progress.end(call, call.decision === 'decline' ? 'declined' : 'interrupted');
    }
    pickUp.close();
    watch.close();
    await within(clock, GOODBYE_LIMIT_MS, ending.close());
  };

  return {
    webhooks,
    rooms,
    transcriptions,
    sidOf: id => {
      const { sid } = live(id);
      if (sid === null) throw wrongState('Twilio has not named this call yet.');
      return sid;
    },
    callOf: carrying.callOf,
    streamStarted: carrying.streamStarted,
    streamEnded: carrying.streamEnded,
    dial: dialling.dial,
    notify: dialling.notify,
    answer: id => {
      const call = book.byId(id);
      return call === undefined ? undefined : incoming.answer(call);
    },
    enqueue: id => {
      const call = book.byId(id);
      if (call !== undefined) incoming.enqueue(call);
    },
    hangUp: async id => {
      const call = book.byId(id);
      if (call !== undefined) await ending.hangUp(call);
    },
    letGo: id => {
      const call = book.byId(id);
      if (call !== undefined) progress.end(call, 'left');
    },
    say: async (id, text, voice) => talk.say(alone(id), { text, voice }),
    gather: async (id, { text, voice, ...listening }) =>
      talk.gather(alone(id), prompted(listening, text === undefined ? null : { text, voice })),
    restore: restoring.restore,
    close,
  };
}

/** A line to which nobody said how calls of others are heard. */
const NO_ROOMS: RoomPorts = {
  roomRest: null,
  lineNumber: () => null,
  pointSeatNumber: async () => {
    throw onlyRelay();
  },
  isLeftBehind: async () => false,
  connectMonitor: () => ({ onSound: () => {}, onEnd: () => {} }),
  connectSeat: () => ({ onSound: () => {}, onMark: () => {}, onEnd: () => {} }),
  onRoomNews: () => {},
};

/** A line of which nobody wants transcripts. */
const NO_TRANSCRIPTS: TranscriptionPorts = {
  transcriptionRest: null,
  transcriptionWish: () => null,
  onTranscription: () => {},
  onUnreadable: () => {},
};

function prompted(listening: Listening, prompt: Spoken | null): Listening {
  return prompt === null ? listening : { ...listening, prompt };
}

function report(error: unknown, { log, onProblem }: VoiceLinePorts): void {
  log.warn('a call could not be hung up');
  if (error instanceof ProblemError) onProblem(error.problem);
}

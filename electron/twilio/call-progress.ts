import { randomBytes } from 'node:crypto';
import type { CallId, Carrier, EndReason } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { CallFact, CallIntroduction } from '../core/events.ts';
import type { Settings } from '../core/settings.ts';
import { type BookedCall, type CallBook, moveOn } from './call-book.ts';
import { answererOf, endReason, progressOf, statusWord } from './call-status.ts';
import type { Spoken } from './twiml.ts';

/** A fact with the request that brought it, if one did. */
export type KeyedFact = CallFact & { readonly key?: string };

/** What moving calls on needs of the rest. */
type ProgressPorts = {
  readonly clock: Clock;
  readonly book: CallBook;
  readonly settings: () => Settings;
  /** Trial accounts have no streams. */
  readonly isTrial: () => boolean;
  readonly emit: (fact: KeyedFact) => void;
  /** Told before the world is. */
  readonly onAnswered: (call: BookedCall) => void;
  readonly onEnded: (call: BookedCall) => void;
};

/** Moves calls on, never back, and tells each step once. `key` names the request that brought it. */
export type CallProgress = {
  readonly tell: (fact: CallFact, key?: string) => void;
  readonly request: (call: BookedCall) => void;
  readonly ring: (call: BookedCall, key?: string) => void;
  readonly wait: (call: BookedCall, key?: string) => void;
  readonly answer: (call: BookedCall, key?: string) => void;
  /** Puts a call that was answered by an earlier run where it was; whoever does so tells it. */
  readonly resume: (call: BookedCall, answeredAt: number) => void;
  readonly end: (call: BookedCall, reason: EndReason, key?: string, endedAt?: number) => void;
  /** Takes note of Twilio's status of a call. */
  readonly status: (call: BookedCall, status: string, key?: string) => void;
  /** Takes note of Twilio's word for who took a call. */
  readonly answeredBy: (call: BookedCall, word: string, key?: string) => void;
  readonly name: (call: BookedCall, sid: string, key?: string) => void;
  /** A text was spoken into the call by Twilio. */
  readonly said: (call: BookedCall, spoken: Spoken, key?: string) => void;
};

/** How a call that Twilio runs reaches the desk: a message never does. */
export function carrierOf({ kind }: BookedCall, isTrial: boolean): Carrier {
  return isTrial || kind === 'notify' ? 'gather' : 'stream';
}

/** Who is on a call, as facts tell it. */
export function introduced({ id, sid, direction, kind, them, ours }: BookedCall): CallIntroduction {
  const party = { callId: id, callSid: sid, direction, them, ours };
  return kind === 'direct' ? party : { ...party, kind };
}

/** Builds what moves calls on. */
export function createCallProgress(ports: ProgressPorts): CallProgress {
  const { clock, book, emit } = ports;

  const tell: CallProgress['tell'] = (fact, key) =>
    emit(key === undefined ? fact : { ...fact, key });

  // A call that an earlier run began goes on under its name: what that run said must stay.
  const run = randomBytes(8).toString('hex');
  let saidSoFar = 0;

  const ring: CallProgress['ring'] = (call, key) => {
    if (!moveOn(call, 'ringing')) return;
    call.ringingSince = clock.now();
    tell({ event: 'call-ringing', ...introduced(call) }, key);
  };

  const begin = (call: BookedCall, answeredAt: number): void => {
    const { longestCallMinutes } = ports.settings();
    call.endsBy = longestCallMinutes === null ? null : answeredAt + longestCallMinutes * 60_000;
    ports.onAnswered(call);
  };

  const answer: CallProgress['answer'] = (call, key) => {
    if (!moveOn(call, 'answered')) return;
    const carrier = carrierOf(call, ports.isTrial());
    tell(
      { event: 'call-answered', callId: call.id, ...(carrier === 'stream' ? {} : { carrier }) },
      key,
    );
    begin(call, clock.now());
  };

  const end: CallProgress['end'] = (call, reason, key, endedAt) => {
    if (!moveOn(call, 'ended')) return;
    book.close(call);
    ports.onEnded(call);
    const time = endedAt === undefined ? {} : { endedAt };
    tell({ event: 'call-ended', callId: call.id, reason, ...time }, key);
  };

  return {
    tell,
    ring,
    answer,
    end,
    request: call => tell({ event: 'call-requested', ...introduced(call) }),
    wait: (call, key) => {
      if (moveOn(call, 'waiting')) tell({ event: 'call-waiting', callId: call.id }, key);
    },
    resume: (call, answeredAt) => {
      if (moveOn(call, 'answered')) begin(call, answeredAt);
    },
    status: (call, status, key) => {
      const progress = progressOf(status);
      const outbound = call.direction === 'outbound';
      if (progress === 'ringing') ring(call, key);
      // That Twilio took an inbound call says nothing: it also does so to ring or to hold it.
      else if (progress === 'answered' && outbound) answer(call, key);
      if (progress !== 'ended') return;
      const word = statusWord(status);
      if (outbound && word === 'completed' && !call.endedHere) answer(call, key);
      const wasAnswered = call.progress === 'answered';
      end(call, endReason(call, word, wasAnswered, clock.now()), key);
    },
    answeredBy: (call, word, key) => {
      const answeredBy = answererOf(word);
      if (answeredBy === null || call.answeredBy !== null) return;
      call.answeredBy = answeredBy;
      tell({ event: 'answerer-detected', callId: call.id, answeredBy, detail: word }, key);
    },
    name: (call, sid, key) => {
      if (call.progress === 'ended') book.remember(sid);
      else if (book.name(call, sid)) {
        tell({ event: 'call-named', callId: call.id, callSid: sid }, key);
      }
    },
    said: ({ id }, { text }, key) => {
      tell({ event: 'text-said', callId: id, text, by: 'twiml' }, key);
      saidSoFar += 1;
      const piece = wordsOf(id, `said-${run}-${saidSoFar}`, 'said');
      tell({ event: 'segment', ...piece, speaker: 'us', text, confidence: 1 }, key);
    },
  };
}

/** What all segments of a call's own words have in common: they are final, and stand in no sound. */
export function wordsOf(callId: CallId, segmentId: string, by: 'gather' | 'said') {
  return {
    callId,
    segmentId,
    by,
    isFinal: true,
    who: null,
    language: null,
    place: null,
    whispered: false,
  } as const;
}

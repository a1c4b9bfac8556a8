import type { Cancel, Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type {
  LineTranscriptions,
  TranscriptionNews,
  TranscriptionRequest,
} from '../core/transcription.ts';
import type { Log } from '../log.ts';
import {
  failedTranscription,
  isLasting,
  isPassing,
  LINE_DOWN,
  STOPPED,
  UNEXPECTED,
} from './transcript-problems.ts';
import { LISTENING, STARTING, type WriterStatus } from './writer.ts';

/** What Twilio tells of what it understood. */
export type ContentNews = Extract<TranscriptionNews, { news: 'content' }>;

/** What transcribing a leg needs. */
type LegPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** The line in use; null while it is down. */
  readonly line: () => LineTranscriptions | null;
  readonly request: TranscriptionRequest;
  /** The call began with its transcription: it is only asked for when that does not come. */
  readonly isBegun: boolean;
  readonly onStatus: (status: WriterStatus) => void;
  /** Twilio does not take it, and asking again does not help. */
  readonly onRefused: () => void;
  /** Nothing that was said before now is understood: it was asked for, or began, in mid-call. */
  readonly onBegun: () => void;
  readonly onContent: (news: ContentNews) => void;
};

/** One leg that Twilio transcribes, asked for again after every failure that passes. */
export type LegTranscription = {
  /** @returns false when it is about something else */
  readonly told: (news: TranscriptionNews) => boolean;
  /** Asks again now when it waits or has failed. */
  readonly retry: () => void;
  /** Ends it; done when Twilio told that, or after 3 s. @param isOver the leg is over */
  readonly end: (isOver: boolean) => Promise<void>;
};

/** How long a transcription that the call begins with may take, in ms. */
const BEGIN_LIMIT_MS = 8000;

/** Pauses before it is asked again, in ms; the last one stays. */
const PAUSES_MS: readonly number[] = [1000, 2000, 5000, 15_000, 30_000];

/** A transcription that went well for so long, in ms, has its failures forgotten. */
const WELL_MS = 30_000;

/** A leg that is refused as over while its call goes on is asked for again after so long, in ms. */
const OVER_MS = 10_000;

/** One that stopped by itself while its call goes on has failed after so long, in ms. */
const STOPPED_MS = 1000;

/** How long the last words are waited for, in ms. */
const LAST_WORDS_MS = 3000;

/** Begins. */
export function transcribeLeg(ports: LegPorts): LegTranscription {
  const { clock, log, request } = ports;
  const { callSid } = request;
  /** All that were its own so far: words of one that failed may come late. */
  const own = new Set<string>();
  /** All whose words come by another as well. */
  const surplus = new Set<string>();
  let sid: string | null = null;
  let isAsking = false;
  let isEnded = false;
  let isFailing = false;
  /** Whether it was not there from the beginning of the call. */
  let isLate = false;
  /** Whether it was refused as over, though nobody ended it. */
  let isSaidOver = false;
  let failures = 0;
  let onSince: number | null = null;
  let cancelTimer: Cancel = () => {};
  let onStopped: () => void = () => {};

  const wait = (ms: number, run: () => void): void => {
    cancelTimer();
    cancelTimer = clock.after(ms, run);
  };
  const on = (found: string): void => {
    own.add(found);
    const isNew = sid !== found;
    sid = found;
    if (isEnded || !isNew) return;
    cancelTimer();
    isFailing = false;
    isSaidOver = false;
    onSince = clock.monotonic();
    ports.onStatus(LISTENING);
  };
  const began = (found: string): void => {
    on(found);
    if (isLate) ports.onBegun();
  };
  const failed = (problem: Problem, mayPass: boolean): void => {
    if (onSince !== null && clock.monotonic() - onSince >= WELL_MS) failures = 0;
    onSince = null;
    sid = null;
    if (isEnded) return;
    isFailing = true;
    if (!mayPass) {
      cancelTimer();
      ports.onRefused();
      ports.onStatus({ status: 'failed', problem, retryAt: null });
      return;
    }
    const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0;
    failures += 1;
    ports.onStatus({ status: 'failed', problem, retryAt: clock.now() + pauseMs });
    wait(pauseMs, () => void ask());
  };
  const stop = (transcriptionSid: string): void => {
    ports
      .line()
      ?.stop(callSid, transcriptionSid)
      .catch((error: unknown) => log.debug({ err: error }, 'ending a transcription failed'));
  };
  const ask = async (): Promise<void> => {
    if (isAsking || isEnded || sid !== null) return;
    const line = ports.line();
    if (line === null) return failed(LINE_DOWN, true);
    isAsking = true;
    isLate = true;
    ports.onBegun();
    try {
      const found = await line.start(request);
      isAsking = false;
      if (isEnded || (sid !== null && sid !== found)) {
        // The call had begun with one after all, or nobody wants it now.
        if (sid === null) own.add(found);
        else surplus.add(found);
        stop(found);
      } else if (!own.has(found)) began(found);
    } catch (error) {
      isAsking = false;
      if (sid === null) refused(error);
    }
  };
  const refused = (error: unknown): void => {
    if (!(error instanceof ProblemError)) {
      log.warn({ err: error }, 'a transcription could not be asked for');
      failed(UNEXPECTED, true);
    } else if (error.problem.kind !== 'call-over') {
      failed(error.problem, isPassing(error.problem));
    } else if (isSaidOver) failed(error.problem, true);
    else if (!isEnded) {
      // Mostly the call is over, and that is told in a moment.
      isSaidOver = true;
      wait(OVER_MS, () => void ask());
    }
  };

  ports.onStatus(STARTING);
  if (ports.isBegun) wait(BEGIN_LIMIT_MS, () => void ask());
  else void ask();

  return {
    told: news => {
      if (surplus.has(news.transcriptionSid)) return true;
      const isOwn = own.has(news.transcriptionSid);
      const isItsOwn = isOwn || (sid === null && !isEnded && news.news !== 'stopped');
      if (news.callSid !== callSid || !isItsOwn) return false;
      switch (news.news) {
        case 'started':
          // That of one which is over by now comes late.
          if (!isOwn) began(news.transcriptionSid);
          break;
        case 'content':
          if (!isOwn) on(news.transcriptionSid);
          ports.onContent(news);
          break;
        case 'stopped':
        case 'failed': {
          own.add(news.transcriptionSid);
          if (isOwn && sid !== news.transcriptionSid) break;
          sid = null;
          onStopped();
          if (news.news === 'failed') failed(failedTranscription(news.code), !isLasting(news.code));
          // Mostly the call is over too, and that is told in a moment.
          else if (!isEnded) wait(STOPPED_MS, () => failed(STOPPED, true));
        }
      }
      return true;
    },
    retry: () => {
      if (isEnded || !isFailing) return;
      failures = 0;
      cancelTimer();
      ports.onStatus(STARTING);
      void ask();
    },
    end: isOver =>
      new Promise(resolve => {
        isEnded = true;
        cancelTimer();
        if (sid === null && !isAsking) return resolve();
        const cancel = clock.after(LAST_WORDS_MS, resolve);
        onStopped = () => {
          cancel();
          resolve();
        };
        if (!isOver && sid !== null) stop(sid);
      }),
  };
}

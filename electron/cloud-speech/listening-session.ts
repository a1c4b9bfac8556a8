import type { Cancel, Clock } from '../core/clock.ts';
import type { ListeningSession, ListenRequest, TranscriberListener } from '../core/transcriber.ts';
import type { Log } from '../log.ts';
import { keyRefused, leftOut, noKey, type ServiceWords } from './service-faults.ts';
import { openLink, type ServiceLink } from './service-link.ts';
import { createSoundQueue } from './sound-queue.ts';
import type { Fault, SpeechService } from './speech-service.ts';
import { createTakeOver } from './take-over.ts';
import { createToldPieces } from './told-pieces.ts';

/** The pauses before it is tried again, in ms; the last one stays. */
const PAUSES_MS = [500, 1000, 2000, 5000, 15_000, 30_000];

/** The pause where waiting does not help much, in ms. */
const LATE_MS = 60_000;

/** A connection that listened for so long, in ms, was a good one: the pauses begin anew. */
const GOOD_MS = 10_000;

/** How often what waits is sent, in ms, and how many messages of 100 ms at once: four times as fast as it was said. */
const CATCH_UP_MS = 50;
const CATCH_UP_MESSAGES = 2;

/** How long the last words may take at the end, in ms. Source: `ListeningSession.close`. */
const CLOSE_LIMIT_MS = 2000;

/** How many of the last characters that were understood a new connection is told. */
const CONTEXT_LENGTH = 200;

/** What a session needs of the rest. */
type SessionPorts = {
  readonly service: SpeechService;
  readonly words: ServiceWords;
  readonly key: () => string | null;
  readonly clock: Clock;
  readonly log: Log;
  /** It was closed and is over. */
  readonly onClosed: () => void;
};

/** Has one side of a call listened to by a service, over as many connections as it takes. */
export function openSession(
  request: ListenRequest,
  listener: TranscriberListener,
  { service, words, key, clock, log, onClosed }: SessionPorts,
): ListeningSession {
  let current: ServiceLink | null = null;
  let failures = 0;
  let context = '';
  let isBehind = false;
  let isTalking = false;
  let isClosing = false;
  let isOver = false;
  let isGivenUp = false;
  let cancelRetry: Cancel = () => {};
  let cancelPump: Cancel | null = null;
  let closed: Promise<void> | null = null;
  let finished: () => void = () => {};

  const queue = createSoundQueue(() => {
    if (!isBehind) listener.onBehind(leftOut(words.title));
    isBehind = true;
  });
  const pieces = createToldPieces(listener.onPiece);
  const takeOver = createTakeOver(clock, {
    open: () => connect(),
    isQuiet: () => !isTalking && queue.next() === null,
    onTaken: next => {
      current = next;
      pump();
    },
    onGivenUp: link => {
      gone(link);
      offer();
      endIfDone();
    },
  });

  const pump = (): void => {
    cancelPump?.();
    cancelPump = null;
    const link = current;
    if (isOver || link === null || !link.isReady()) return;
    let budget = isClosing ? Number.POSITIVE_INFINITY : CATCH_UP_MESSAGES;
    for (let what = queue.next(); what !== null && budget > 0; what = queue.next()) {
      if (link.isFull() || !link.isReady()) break;
      link.give(what);
      queue.sent(link);
      if (what.kind === 'sound') budget -= 1;
    }
    if (queue.next() !== null) {
      cancelPump = clock.after(CATCH_UP_MS, pump);
      return;
    }
    if (isBehind) listener.onBehind(null);
    isBehind = false;
    if (isClosing) link.finish();
  };
  /** What is said now goes on at once, unless older sound waits. */
  const offer = (): void => {
    if (cancelPump === null) pump();
  };

  const retry = ({ problem, retry: when, afterMs = 0 }: Fault): void => {
    if (when === 'never') {
      isGivenUp = true;
      listener.onFault(problem, null);
      return;
    }
    const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? LATE_MS;
    if (when === 'now' && failures === 0) {
      failures += 1;
      begin();
      return;
    }
    failures += 1;
    const waitMs = Math.max(afterMs, when === 'late' ? LATE_MS : pauseMs);
    cancelRetry = clock.after(waitMs, begin);
    listener.onFault(problem, clock.now() + waitMs);
  };
  const gone = (link: ServiceLink): void => {
    pieces.lost(link);
    queue.lost(link);
  };

  const connect = (): ServiceLink | Fault => {
    const now = key();
    if (now === null) return { problem: noKey(words), retry: 'never' };
    // What no header can carry is no key.
    if (!/^[\x21-\x7e]+$/.test(now)) return keyRefused(words);
    const link = openLink(
      service,
      { request, key: now, context },
      {
        clock,
        log,
        onReady: () => {
          if (takeOver.ready(link)) return;
          listener.onReady();
          pump();
        },
        onLimit: afterMs => takeOver.plan(link, afterMs),
        onHeard: (id, piece) => {
          if (pieces.tell(link, id, piece) && piece.text !== '') {
            context = `${context} ${withoutNumbers(piece.text)}`.trim().slice(-CONTEXT_LENGTH);
          }
        },
        onUnderstood: (fromMs, untilMs) => queue.understood(link, fromMs, untilMs),
        onOver: () => {
          pieces.lost(link);
          queue.done(link);
          takeOver.gone(link);
          if (link === current) current = null;
          endIfDone();
        },
        onFault: fault => {
          log.warn({ service: service.name, retry: fault.retry }, 'a transcriber was lost');
          gone(link);
          const listened = link.readySinceMs();
          if (listened !== null && clock.monotonic() - listened >= GOOD_MS) failures = 0;
          const next = takeOver.gone(link);
          if (link !== current) return offer();
          current = next;
          if (next !== null) offer();
          else if (isClosing) endIfDone();
          else retry(fault);
        },
      },
    );
    return link;
  };
  const begin = (): void => {
    const link = connect();
    if ('problem' in link) retry(link);
    else current = link;
  };

  const end = (): void => {
    if (isOver) return;
    cancelRetry();
    cancelPump?.();
    takeOver.end();
    current?.end();
    pieces.finish();
    isOver = true;
    onClosed();
    finished();
  };

  const endIfDone = (): void => {
    if (isClosing && current === null && !takeOver.isResting()) end();
  };

  // Its first failure may be known at once, and is told after the session is had.
  cancelRetry = clock.after(0, begin);

  return {
    feed: (atMs, mulaw) => {
      if (isClosing || isGivenUp) return;
      queue.feed(atMs, mulaw);
      offer();
    },
    talking: (isOn, atMs) => {
      if (isClosing || isGivenUp) return;
      isTalking = isOn;
      queue.turn(isOn, atMs);
      offer();
      if (!isOn) takeOver.pause();
    },
    close: () => {
      closed ??= new Promise(resolve => {
        const cancelLimit = clock.after(CLOSE_LIMIT_MS, end);
        finished = () => {
          cancelLimit();
          resolve();
        };
        isClosing = true;
        queue.flush();
        endIfDone();
        if (!isOver) pump();
      });
      return closed;
    },
  };
}

/** Numbers help nobody to understand what follows, and one that is not to be kept is not told again. */
function withoutNumbers(text: string): string {
  const words = text.split(/\s+/);
  return words.filter(word => !/\p{Nd}/u.test(word)).join(' ');
}

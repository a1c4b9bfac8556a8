import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { ListenRequest } from '../core/transcriber.ts';
import type { Log } from '../log.ts';
import { connectService } from './service-connection.ts';
import type { Queued } from './sound-queue.ts';
import type { Fault, SpeechService } from './speech-service.ts';
import { createStreamMap } from './stream-map.ts';
import type { Unnamed } from './told-pieces.ts';

/** Unsent bytes from which on sound waits here instead: 8 s of it, or 6 s in base64. */
const BACKLOG_BYTES = 64 * 1024;

/** Nothing sent for so long, in ms, is told to the service. Source: Deepgram, Audio Keep Alive (3 to 5 s). */
const IDLE_MS = 4000;

/** How long a service may take to be ready after it was asked, in ms. */
const READY_LIMIT_MS = 15_000;

/** One connection of a session, from asking to its end, in times of the call. */
export type ServiceLink = {
  readonly isReady: () => boolean;
  /** When it became ready, on the monotonic clock; null before. */
  readonly readySinceMs: () => number | null;
  /** The way is jammed: nothing more is to be given now. */
  readonly isFull: () => boolean;
  readonly give: (what: Queued) => void;
  /** What is left is to be told, then `onOver`. */
  readonly finish: () => void;
  /** Ends it; nothing is told afterwards but what is final already. */
  readonly end: () => void;
};

/** What a link tells of. */
type LinkPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly onReady: () => void;
  readonly onLimit: (afterMs: number) => void;
  readonly onHeard: (key: string, piece: Unnamed) => void;
  readonly onUnderstood: (fromMs: number, untilMs: number) => void;
  /** It told all it will tell, as it was asked to. */
  readonly onOver: () => void;
  readonly onFault: (fault: Fault) => void;
};

/** Asks a service to listen. */
export function openLink(
  service: SpeechService,
  { request, key, context }: { request: ListenRequest; key: string; context: string },
  ports: LinkPorts,
): ServiceLink {
  const { clock, log } = ports;
  const map = createStreamMap();
  let readySinceMs: number | null = null;
  let lastSentMs = clock.monotonic();
  let isFinishing = false;
  let isOver = false;
  let cancelIdle: Cancel = () => {};

  const send = (message: string | Uint8Array): void => {
    lastSentMs = clock.monotonic();
    connection.send(message);
  };
  const release = (): boolean => {
    if (isOver) return false;
    talk.ended();
    isOver = true;
    cancelReady();
    cancelIdle();
    return true;
  };
  const fault = (why: Fault): void => {
    if (!release()) return;
    connection.end();
    ports.onFault(why);
  };
  const over = (): void => {
    if (!release()) return;
    connection.end();
    ports.onOver();
  };
  const talk = service.talk(request, context, {
    send,
    sentMs: map.sentMs,
    onReady: () => {
      if (isOver || readySinceMs !== null) return;
      cancelReady();
      readySinceMs = clock.monotonic();
      cancelIdle = every(clock, IDLE_MS / 4, () => {
        if (clock.monotonic() - lastSentMs >= IDLE_MS) talk.idle();
      });
      ports.onReady();
    },
    onLimit: afterMs => {
      if (!isOver) ports.onLimit(afterMs);
    },
    onHeard: heard => {
      if (isOver) return;
      const atMs = map.startAt(heard.fromMs);
      const lengthMs = Math.max(0, map.endAt(heard.untilMs) - atMs);
      ports.onHeard(heard.key, {
        text: heard.text,
        isFinal: heard.isFinal,
        confidence: heard.confidence,
        place: { atMs, lengthMs },
        wordsAtMs: heard.wordsMs?.map(map.startAt) ?? null,
      });
    },
    onUnderstood: (fromMs, untilMs) => {
      if (!isOver && untilMs > fromMs) {
        ports.onUnderstood(map.startAt(fromMs), map.endAt(untilMs));
      }
    },
    onFault: fault,
    onOver: over,
    onOddity: code => log.warn({ service: service.name, code }, 'a transcriber said what is odd'),
  });
  const connection = connectService(service.address(request, key), {
    clock,
    onOpen: () => talk.begin(),
    onText: text => talk.message(text),
    onEnd: end => {
      // A service that was asked to finish closes by itself, too.
      if (isFinishing && end.kind === 'closed' && end.code === 1000) over();
      else fault(service.explain(end));
    },
  });
  const cancelReady = clock.after(READY_LIMIT_MS, () =>
    fault(service.explain({ kind: 'unreachable', code: 'ETIMEDOUT' })),
  );

  return {
    isReady: () => !isOver && !isFinishing && readySinceMs !== null,
    readySinceMs: () => readySinceMs,
    isFull: () => connection.unsent() > BACKLOG_BYTES,
    give: what => {
      if (what.kind === 'turn') return talk.turn(what.isOn, Math.max(0, map.sentMs() - what.agoMs));
      talk.sound(what.mulaw);
      map.sent(what.atMs, what.mulaw.length / 8);
    },
    finish: () => {
      if (isOver || isFinishing) return;
      isFinishing = true;
      talk.finish();
    },
    end: () => {
      if (release()) connection.end();
    },
  };
}

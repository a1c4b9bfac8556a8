import type { CallId } from '../../electron/core/call.ts';
import type { Clock } from '../../electron/core/clock.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { Side } from '../../electron/core/segment.ts';
import type {
  ListeningSession,
  SoundTranscriber,
  TranscriberListener,
} from '../../electron/core/transcriber.ts';

/** The byte of silence. Source: ITU-T G.711, µ-law zero */
const SILENCE = 0xff;

/** One frame, in ms. */
export const FRAME_MS = 20;

/** So much silence ends what is said, in ms. */
const PAUSE_MS = 300;

/** Sound in which the byte of a frame names a word: what a listener understands is exactly what was said. */
export function frameOf(word: number | null): Uint8Array {
  return new Uint8Array(8 * FRAME_MS).fill(word ?? SILENCE);
}

/** What a word is written as. */
export function wordOf(byte: number): string {
  return `word${byte}`;
}

/** One side that somebody listens to. */
type Listening = {
  readonly callId: CallId;
  readonly speaker: Side;
  readonly listener: TranscriberListener;
  /** Does not listen for so long; what was said meanwhile is understood after it. */
  readonly fail: (problem: Problem, forMs: number | null) => void;
  /** Whether it has failed and does not listen again yet. */
  readonly isDown: () => boolean;
  isOpen: boolean;
};

/** A small transcriber that understands such sound. */
export type ListeningPerson = SoundTranscriber & {
  readonly sessions: readonly Listening[];
  /** What stands in the way; null lets it begin. */
  hindered: Problem | null;
};

/** @param delayMs how long understanding takes @param readyMs how long beginning takes */
export function listeningPerson(
  clock: Clock,
  name: SoundTranscriber['name'],
  { delayMs = 100, readyMs = 50 }: { readonly delayMs?: number; readonly readyMs?: number } = {},
): ListeningPerson {
  const sessions: Listening[] = [];
  const person: ListeningPerson = {
    name,
    sessions,
    hindered: null,
    obstacle: () => person.hindered,
    open: ({ callId, speaker }, listener) => {
      const ear = openEar(clock, listener, delayMs, readyMs);
      const { fail, isDown } = ear;
      const session: Listening = { callId, speaker, listener, fail, isDown, isOpen: true };
      sessions.push(session);
      return {
        ...ear.session,
        close: () => {
          session.isOpen = false;
          return ear.session.close();
        },
      };
    },
    close: async () => {},
  };
  return person;
}

function openEar(clock: Clock, listener: TranscriberListener, delayMs: number, readyMs: number) {
  let count = 0;
  let words: { readonly byte: number; readonly atMs: number }[] = [];
  let endMs = 0;
  let lastMs: number | null = null;
  let isDown = true;
  let hasFailed = false;
  const waiting: (() => void)[] = [];

  const tell = (isFinal: boolean): void => {
    const said = words;
    const [first] = said;
    if (first === undefined) return;
    const id = `${count}`;
    const place = { atMs: first.atMs, lengthMs: endMs - first.atMs };
    const text = said.map(({ byte }) => wordOf(byte)).join(' ');
    const wordsAtMs = said.map(({ atMs }) => atMs);
    const piece = { id, text, isFinal, confidence: 0.8, place, wordsAtMs };
    const run = () => listener.onPiece(piece);
    clock.after(delayMs, () => (isDown ? waiting.push(run) : run()));
    if (isFinal) {
      words = [];
      lastMs = null;
      count += 1;
    }
  };
  const ready = (): void => {
    isDown = false;
    hasFailed = false;
    listener.onReady();
    for (const run of waiting.splice(0)) run();
  };
  clock.after(readyMs, ready);
  const session: ListeningSession = {
    feed: (atMs, mulaw) => {
      const byte = mulaw[0] ?? SILENCE;
      if (byte !== SILENCE) {
        endMs = atMs + FRAME_MS;
        lastMs = atMs;
        if (words.at(-1)?.byte === byte) return;
        words = [...words, { byte, atMs }];
        tell(false);
      } else if (lastMs !== null && atMs - lastMs >= PAUSE_MS) tell(true);
    },
    talking: () => {},
    close: () =>
      new Promise(resolve => {
        tell(true);
        clock.after(delayMs + 1, resolve);
      }),
  };
  return {
    session,
    isDown: () => hasFailed,
    fail: (problem: Problem, forMs: number | null) => {
      isDown = true;
      hasFailed = true;
      listener.onFault(problem, forMs === null ? null : clock.now() + forMs);
      if (forMs !== null) clock.after(forMs, ready);
    },
  };
}

import type { Cancel, Clock } from '../core/clock.ts';
import type { ListenRequest, TranscriberListener } from '../core/transcriber.ts';
import { createKeptSound } from './kept-sound.ts';
import { TOO_SLOW } from './offline-problems.ts';
import type { ReadyPack } from './pack-store.ts';
import type { RecogniserReport } from './recogniser-messages.ts';
import { createSpeechGate, type SaidSound } from './speech-gate.ts';

/** It is told that all is understood again when for so long nothing was left out or late. */
const CAUGHT_UP_MS = 10_000;

type HeardReport = Extract<RecogniserReport, { kind: 'heard' }>;

/** One side of a call that is listened to, whatever becomes of recognisers. */
export type ListeningSide = ReturnType<typeof createListeningSide>;

/** @param pack null: it cannot be listened to */
export function createListeningSide(
  clock: Clock,
  pack: ReadyPack | null,
  { speaker }: Pick<ListenRequest, 'speaker'>,
  listener: TranscriberListener,
) {
  const kept = createKeptSound();
  let unsent: SaidSound[] = [];
  let piece = 1;
  let hasPartial = false;
  let cancelBehind: Cancel | null = null;
  const gate = createSpeechGate(sound => {
    kept.add(sound);
    unsent.push(sound);
  });

  const notBehind = (): void => {
    cancelBehind = null;
    listener.onBehind(null);
  };

  return {
    pack,
    speaker,
    listener,
    gate,
    /** What was said since the last time. */
    takeUnsent: (): readonly SaidSound[] => {
      const sounds = unsent;
      unsent = [];
      return sounds;
    },
    /** What another recogniser is to hear first. */
    saidAgain: (): readonly SaidSound[] => {
      unsent = [];
      return kept.all();
    },
    heard: ({ words, isFinal, throughMs }: HeardReport): void => {
      if (isFinal) kept.forget(throughMs);
      // Nothing after all: only who was told of something must learn it.
      if (words === null && !(isFinal && hasPartial)) return;
      const { text, confidence, atMs, lengthMs, wordsAtMs } = words ?? NOTHING;
      const place = words === null ? null : { atMs, lengthMs };
      const id = `${piece}`;
      if (isFinal) piece += 1;
      hasPartial = !isFinal;
      listener.onPiece({ id, text, isFinal, confidence, place, wordsAtMs });
    },
    skipped: (throughMs: number): void => {
      kept.forget(throughMs);
      if (cancelBehind === null) listener.onBehind(TOO_SLOW);
      cancelBehind?.();
      cancelBehind = clock.after(CAUGHT_UP_MS, notBehind);
    },
    /** The recogniser is late with somebody. */
    late: (): void => {
      if (cancelBehind === null) return;
      cancelBehind();
      cancelBehind = clock.after(CAUGHT_UP_MS, notBehind);
    },
    stop: (): void => {
      cancelBehind?.();
      cancelBehind = null;
    },
  };
}

const NOTHING = { text: '', confidence: null, atMs: 0, lengthMs: 0, wordsAtMs: null } as const;

import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

const BYTES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Words begin before they are loud enough to be talk, and end after. */
const BEFORE_MS = 300;
const AFTER_MS = 400;

/** Talk is told up to half a second late: so much sound is remembered, with what stands before it. */
const REMEMBERED_MS = 1500;

/** A piece of what somebody says. */
export type SaidSound = {
  /** In ms of the call. */
  readonly atMs: number;
  readonly mulaw: Uint8Array;
  /** Here they stopped talking. */
  readonly ends: boolean;
};

/** Lets the stretches pass in which somebody talks, with a little around them. */
export type SpeechGate = {
  readonly feed: (atMs: number, mulaw: Uint8Array) => void;
  readonly talking: (on: boolean, atMs: number) => void;
  /** Nothing comes any more. */
  readonly close: () => void;
};

/** Of a side that is silent. */
export function createSpeechGate(onSaid: (sound: SaidSound) => void): SpeechGate {
  let recent: { readonly atMs: number; readonly mulaw: Uint8Array }[] = [];
  let isOpen = false;
  /** Where the stretch ends; null while somebody talks. */
  let endMs: number | null = null;
  /** Sound before this place has passed. */
  let passedMs = Number.NEGATIVE_INFINITY;

  const pass = (atMs: number, mulaw: Uint8Array): void => {
    const isLast = endMs !== null && atMs + mulaw.length / BYTES_PER_MS >= endMs;
    passedMs = atMs + mulaw.length / BYTES_PER_MS;
    if (isLast) isOpen = false;
    onSaid({ atMs, mulaw, ends: isLast });
  };

  const endHere = (): void => {
    isOpen = false;
    onSaid({ atMs: passedMs, mulaw: new Uint8Array(), ends: true });
  };

  return {
    feed: (atMs, mulaw) => {
      recent.push({ atMs, mulaw });
      if (isOpen && endMs !== null && atMs >= endMs) endHere();
      if (isOpen) pass(atMs, mulaw);
      recent = recent.filter(piece => piece.atMs > atMs - REMEMBERED_MS);
    },
    talking: (on, atMs) => {
      if (!on) {
        if (!isOpen) return;
        endMs = atMs + AFTER_MS;
        if (passedMs >= endMs) endHere();
        return;
      }
      endMs = null;
      if (isOpen) return;
      isOpen = true;
      const from = Math.max(atMs - BEFORE_MS, passedMs);
      passedMs = from;
      for (const piece of recent) if (piece.atMs >= from) pass(piece.atMs, piece.mulaw);
    },
    close: () => {
      if (isOpen) endHere();
    },
  };
}

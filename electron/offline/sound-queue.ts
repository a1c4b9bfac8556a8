import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

const BYTES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** A piece of one side's sound that waits. */
type WaitingSound = {
  readonly atMs: number;
  readonly mulaw: Uint8Array;
  readonly ends: boolean;
  /** That it waits tells nothing about this computer. */
  readonly again: boolean;
};

/** What one side is to have decoded at once. */
export type TakenSound = { readonly pieces: readonly WaitingSound[]; readonly ends: boolean };

/** The sound of one side that is not decoded yet. */
export type SoundQueue = {
  readonly push: (sound: WaitingSound) => void;
  /** How much waits, in ms. */
  readonly waitingMs: () => number;
  /** How much of it makes this computer slow. */
  readonly lateMs: () => number;
  /** Whether somebody's words end in it. */
  readonly hasEnd: () => boolean;
  /** Takes what comes next: up to `mostMs`, and never beyond where words end. */
  readonly take: (mostMs: number) => TakenSound;
  /** Gives up all that waits. @returns the stretch; null when there was none */
  readonly skip: () => { readonly atMs: number; readonly lengthMs: number } | null;
};

/** An empty queue. */
export function createSoundQueue(): SoundQueue {
  let waiting: WaitingSound[] = [];
  const msOf = (sounds: readonly WaitingSound[]): number =>
    sounds.reduce((sum, { mulaw }) => sum + mulaw.length, 0) / BYTES_PER_MS;
  return {
    push: sound => waiting.push(sound),
    waitingMs: () => msOf(waiting),
    lateMs: () => msOf(waiting.filter(({ again }) => !again)),
    hasEnd: () => waiting.some(({ ends }) => ends),
    take: mostMs => {
      let ms = 0;
      let count = 0;
      for (const { mulaw, ends } of waiting) {
        count += 1;
        ms += mulaw.length / BYTES_PER_MS;
        if (ends || ms >= mostMs) break;
      }
      const pieces = waiting.slice(0, count);
      waiting = waiting.slice(count);
      return { pieces, ends: pieces.at(-1)?.ends === true };
    },
    skip: () => {
      const [first] = waiting;
      const last = waiting.at(-1);
      waiting = [];
      if (first === undefined || last === undefined) return null;
      const endMs = last.atMs + last.mulaw.length / BYTES_PER_MS;
      return { atMs: first.atMs, lengthMs: endMs - first.atMs };
    },
  };
}

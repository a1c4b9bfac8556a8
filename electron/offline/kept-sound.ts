import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { SaidSound } from './speech-gate.ts';

const BYTES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** So much is said again to a recogniser that takes the place of one that crashed. */
const KEPT_MS = 15_000;

/** What one side said since its last words were final. */
export type KeptSound = {
  readonly add: (sound: SaidSound) => void;
  /** Everything up to here is understood, or given up. @param throughMs in ms of the call */
  readonly forget: (throughMs: number) => void;
  readonly all: () => readonly SaidSound[];
};

/** Nothing said yet. */
export function createKeptSound(): KeptSound {
  let kept: SaidSound[] = [];
  let bytes = 0;
  const trim = (count: number): void => {
    for (const { mulaw } of kept.slice(0, count)) bytes -= mulaw.length;
    kept = kept.slice(count);
  };
  return {
    add: sound => {
      kept.push(sound);
      bytes += sound.mulaw.length;
      while (bytes > KEPT_MS * BYTES_PER_MS) trim(1);
    },
    forget: throughMs => {
      const rest = kept.findIndex(
        ({ atMs, mulaw }) => atMs + mulaw.length / BYTES_PER_MS > throughMs,
      );
      trim(rest === -1 ? kept.length : rest);
    },
    all: () => kept,
  };
}

import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Of so many jumps the last are remembered: far more than one utterance has. */
const MOST_JUMPS = 200;

/** Says where in a call a sample is that was given to the recogniser, which knows of no pauses. */
export type PlaceMap = {
  /** The next samples stand there. @param atMs in ms of the call */
  readonly add: (atMs: number, samples: number) => void;
  /** @param sample counted from the first @returns its place, in ms of the call */
  readonly placeOf: (sample: number) => number;
  /** Where what was given so far ends, in ms of the call. */
  readonly endMs: () => number;
};

/** Of a recogniser that was given nothing yet. */
export function createPlaceMap(): PlaceMap {
  const jumps: { readonly sample: number; readonly atMs: number }[] = [];
  let given = 0;
  const placeOf = (sample: number): number => {
    const jump = jumps.findLast(one => one.sample <= sample) ?? jumps[0];
    return jump === undefined ? 0 : jump.atMs + (sample - jump.sample) / SAMPLES_PER_MS;
  };
  return {
    add: (atMs, samples) => {
      if (jumps.length === 0 || placeOf(given) !== atMs) jumps.push({ sample: given, atMs });
      if (jumps.length > MOST_JUMPS) jumps.shift();
      given += samples;
    },
    placeOf,
    endMs: () => placeOf(given),
  };
}

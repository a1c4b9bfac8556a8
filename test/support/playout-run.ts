import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { PlayoutBuffer, type PlayoutFigures } from '../../electron/core/audio/playout-buffer.ts';
import type { ArrivalTrace } from './arrival-traces.ts';

/** What came out of a playout buffer that was fed a trace. */
export type PlayoutRun = {
  /** One frame after the other. */
  readonly heard: Int16Array;
  /** Which frame of the caller's sound each frame heard begins with, as a sample index; null where it was edited or made up. */
  readonly places: readonly (number | null)[];
  /** Time from arrival to being heard of each frame that was heard unchanged, with its number among the pulls, ms. */
  readonly added: readonly { readonly pull: number; readonly ms: number }[];
  readonly figures: PlayoutFigures;
};

/** Where a listener begins to pull within the first frame: between two arrivals. */
const PHASE_MS = 7;

/** How far from where it is expected a frame is looked for: as much as can be left out at once. */
const REACH = 24_000;

/** Plays `sound` (as µ-law decodes it) through a buffer, arriving as the trace says. */
export function runPlayout(trace: ArrivalTrace, sound: Int16Array, phaseMs = PHASE_MS): PlayoutRun {
  const buffer = new PlayoutBuffer();
  const mulaw = encodeMulaw(sound);
  const { arrivals } = trace;
  const endMs = (arrivals.at(-1)?.arrivedMs ?? 0) + 20;
  const frames: Int16Array[] = [];
  const pulledAtMs: number[] = [];
  let next = 0;
  for (let nowMs = phaseMs; nowMs < endMs; nowMs += trace.pullEveryMs) {
    for (let each = arrivals[next]; each && each.arrivedMs <= nowMs; each = arrivals[next]) {
      const start = each.frame * FRAME_SAMPLES;
      buffer.push(each.timestampMs, each.arrivedMs, mulaw.subarray(start, start + FRAME_SAMPLES));
      next += 1;
    }
    frames.push(buffer.pull(nowMs).slice());
    pulledAtMs.push(nowMs);
  }
  const places = placesOf(frames, sound);
  const arrivedMs = new Map(arrivals.map(each => [each.frame, each.arrivedMs]));
  const added = places.flatMap((place, pull) => {
    if (place === null) return [];
    const arrived = arrivedMs.get(Math.floor((place + FRAME_SAMPLES / 2) / FRAME_SAMPLES));
    return arrived === undefined ? [] : [{ pull, ms: (pulledAtMs[pull] ?? 0) - arrived }];
  });
  const heard = new Int16Array(frames.length * FRAME_SAMPLES);
  for (const [index, frame] of frames.entries()) heard.set(frame, index * FRAME_SAMPLES);
  return { heard, places, added, figures: buffer.figures };
}

/** Finds each frame in `sound`, sample for sample, onwards from the one before. */
function placesOf(frames: readonly Int16Array[], sound: Int16Array): (number | null)[] {
  let expected = 0;
  return frames.map(frame => {
    const place = placeOf(frame, sound, expected);
    if (place !== null) expected = place + FRAME_SAMPLES;
    return place;
  });
}

function placeOf(frame: Int16Array, sound: Int16Array, expected: number): number | null {
  if (isThere(frame, sound, expected)) return expected;
  // A frame of nothing but silence is everywhere: it says nothing about the place.
  if (frame.every(sample => sample === frame[0])) return null;
  for (let away = 1; away <= REACH; away += 1) {
    if (isThere(frame, sound, expected + away)) return expected + away;
    if (isThere(frame, sound, expected - away)) return expected - away;
  }
  return null;
}

function isThere(frame: Int16Array, sound: Int16Array, place: number): boolean {
  if (place < 0 || place + frame.length > sound.length) return false;
  for (let i = 0; i < frame.length; i += 1) {
    if (frame[i] !== sound[place + i]) return false;
  }
  return true;
}

/** The greatest step between two samples, and the greatest change from one step to the next: what a click has most of. */
export function roughness(samples: Int16Array): { readonly step: number; readonly bend: number } {
  let step = 0;
  let bend = 0;
  let before = 0;
  for (let i = 1; i < samples.length; i += 1) {
    const now = (samples[i] ?? 0) - (samples[i - 1] ?? 0);
    step = Math.max(step, Math.abs(now));
    bend = Math.max(bend, Math.abs(now - before));
    before = now;
  }
  return { step, bend };
}

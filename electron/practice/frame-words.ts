import { FRAME_MS, FRAME_SAMPLES, type Frame, SILENCE } from '../core/audio/frame.ts';
import { type Saying, sayingOf } from './saying.ts';

/** A part of a saying that a frame carries: 20 ms from `atMs` of its sound on. */
export type Carried = { readonly saying: Saying; readonly atMs: number };

/**
 * What is said in which frame. The words go where the sound goes: whoever hears a frame hears them,
 * and nobody hears those of a frame that was lost, muted or held back.
 */
const carriedBy = new WeakMap<Frame, readonly Carried[]>();

/** What is said in a frame; nothing in noise, music and sound from elsewhere. */
export function wordsIn(frame: Frame): readonly Carried[] {
  return carriedBy.get(frame) ?? [];
}

/** Lets a frame carry the words of those it was made of. @returns it */
export function withWordsOf(made: Frame, sources: readonly Frame[]): Frame {
  const carried = sources.flatMap(source => wordsIn(source));
  if (carried.length > 0 && made !== SILENCE) carriedBy.set(made, carried);
  return made;
}

/** Lets a frame carry 20 ms of a saying besides what it carries already. */
export function addWords(frame: Frame, saying: Saying | undefined, atMs: number): void {
  if (saying === undefined || frame === SILENCE) return;
  carriedBy.set(frame, [...wordsIn(frame), { saying, atMs }]);
}

/** The samples in frames, the last one filled up with silence; with their words when it is known what they say. */
export function* spokenFrames(
  samples: Int16Array,
  text?: string,
): Generator<Frame, void, undefined> {
  const saying = text === undefined ? undefined : sayingOf(text, samples);
  let atMs = 0;
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(samples.subarray(at, at + FRAME_SAMPLES));
    addWords(frame, saying, atMs);
    atMs += FRAME_MS;
    yield frame;
  }
}

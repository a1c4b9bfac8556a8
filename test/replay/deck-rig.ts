import { FRAME_SAMPLES, framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { ReplayDeck } from '../../electron/replay/replay-deck.ts';
import type { SoundSource } from '../../electron/replay/sound-source.ts';
import { tapeSource } from '../../electron/replay/tape-source.ts';
import { asOnTheWire } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { joinFrames, sine } from '../support/tones.ts';
import { openTape } from './live-tape.ts';

/** A low tone, in which a click is the steepest step by far, with hardly a place at rest. */
export const lowTone = asOnTheWire(sine(130, 30_000, 0.3));

/** Whether what is heard of the low tone has no step in it that is no part of it. */
export function isSmooth(heard: Int16Array): boolean {
  return roughness(heard).step < 1.4 * roughness(lowTone).step;
}

/** A deck, and what it plays. */
export function openDeck(source: SoundSource, atMs = 0) {
  let ends = 0;
  const deck = new ReplayDeck(source, atMs, () => {
    ends += 1;
  });
  const hear = (frames: number, each: (i: number) => void = () => {}): Int16Array =>
    joinFrames(
      Array.from({ length: frames }, (_, i) => {
        each(i);
        return deck.pull().slice();
      }),
    );
  return { deck, hear, ends: () => ends };
}

/** A deck on sound that is whole. */
export function deckOn(samples: Int16Array, atMs = 0) {
  const { tape, waveform, keep } = openTape();
  keep(samples);
  return openDeck(
    tapeSource({ tape, waveform }, () => false),
    atMs,
  );
}

/** A deck on a call that goes on. @param beforeMs what was said already @param atMs where it begins */
export function deckOnLive(said: Int16Array, beforeMs: number, atMs: number) {
  const { tape, waveform, keep } = openTape();
  const frames = framesOf(said);
  let next = 0;
  const say = (count = 1): void => {
    for (const end = next + count; next < end; next += 1) keep(frames[next] ?? SILENCE);
  };
  say(beforeMs / 20);
  let isLive = true;
  const opened = openDeck(
    tapeSource({ tape, waveform }, () => isLive),
    atMs,
  );
  return {
    ...opened,
    say,
    /** With every 20 ms heard, 20 ms more are said. */
    hearLive: (count: number): Int16Array => opened.hear(count, () => say()),
    hangUp: (): void => {
      isLive = false;
    },
  };
}

/** How far the place that the deck tells is from the sound in a frame just heard, in samples. */
export function misplaced(frame: Int16Array, atMs: number, said: Int16Array): number {
  // Joins are made in the first half of a frame.
  const piece = frame.subarray(FRAME_SAMPLES / 2);
  const told = Math.round(atMs * 8) - piece.length;
  let best = Number.POSITIVE_INFINITY;
  let away = Number.NaN;
  for (let shift = -400; shift <= 400; shift += 1) {
    let difference = 0;
    for (let i = 0; i < piece.length; i += 1) {
      difference += Math.abs((piece[i] ?? 0) - (said[told + shift + i] ?? 0));
    }
    if (difference >= best) continue;
    best = difference;
    away = Math.abs(shift);
  }
  return best < 300 * piece.length ? away : Number.NaN;
}

/** The first sample in which two sounds differ; null when they are the same. */
export function differsAt(heard: Int16Array, said: Int16Array): number | null {
  if (heard.length !== said.length) return Math.min(heard.length, said.length);
  const at = heard.findIndex((sample, i) => sample !== said[i]);
  return at < 0 ? null : at;
}

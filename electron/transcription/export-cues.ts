import type { SpokenLine } from './export-lines.ts';

/** A subtitle. Times in ms. */
export type Cue = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly name: string;
  readonly text: string;
};

/** What fits under a picture: two lines of 42. Source: Netflix and BBC subtitle guidelines. */
const MOST_CHARACTERS = 84;
const MOST_MS = 7000;

/** A cue is at least so long: one of no length is never shown. */
const LEAST_MS = 500;

/** Parts what was said into subtitles, between words. */
export function cuesOf(lines: readonly SpokenLine[]): Cue[] {
  return lines.flatMap(line => parted(line)).sort((one, other) => one.fromMs - other.fromMs);
}

function parted({ atMs, lengthMs, name, words, wordsAtMs }: SpokenLine): Cue[] {
  const cues: Cue[] = [];
  let text = '';
  let fromMs = atMs;
  const end = (toMs: number): void => {
    cues.push({ fromMs, toMs: Math.max(toMs, fromMs + LEAST_MS), name, text });
  };
  for (const [i, word] of words.entries()) {
    const startMs = wordsAtMs[i] ?? atMs;
    const endMs = wordsAtMs[i + 1] ?? atMs + lengthMs;
    const isFull = text.length + 1 + word.length > MOST_CHARACTERS || endMs - fromMs > MOST_MS;
    if (text !== '' && isFull) {
      end(Math.min(startMs, fromMs + MOST_MS));
      text = '';
      fromMs = startMs;
    }
    text = text === '' ? word : `${text} ${word}`;
  }
  if (text !== '') end(Math.min(atMs + lengthMs, fromMs + MOST_MS));
  return cues;
}

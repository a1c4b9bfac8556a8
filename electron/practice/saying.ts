import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

/** A word of a text and where it ends in the sound of it. */
type PlacedWord = {
  /** As it is written. */
  readonly text: string;
  /** In ms from the first sample. */
  readonly endMs: number;
  /** Whether a recogniser that waits for the end of a sentence is told by it. */
  readonly endsPiece: boolean;
};

/** One time that somebody says a text; the same text said again is another one. */
export type Saying = { readonly words: readonly PlacedWord[] };

/** Samples below this are the quiet before and after a voice: −45 dB of full scale. */
const QUIET = 184;

/** A digit is said as a word of about four letters. */
const LETTERS_PER_DIGIT = 4;

/** Sentences are told together up to so many letters; longer ones one by one. */
const MAX_PIECE = 60;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** What is said with these 8 kHz samples; undefined for a text without words. */
export function sayingOf(text: string, samples: Int16Array): Saying | undefined {
  const pieces = piecesOf(text);
  const flat = pieces.flatMap(words =>
    words.map((word, index) => ({ word, endsPiece: index === words.length - 1 })),
  );
  const letters = flat.map(({ word }) => lettersIn(word));
  const all = letters.reduce((sum, count) => sum + count, 0);
  if (all === 0) return undefined;
  const { from, to } = voicedIn(samples);
  let before = 0;
  const words = flat.map(({ word, endsPiece }, index) => {
    before += letters[index] ?? 0;
    const end = from + ((to - from) * before) / all;
    return { text: word, endMs: (end * 1000) / SAMPLE_RATE_HZ, endsPiece };
  });
  return { words };
}

/** The words of each part of a text that a recogniser tells as one: short sentences together. */
function piecesOf(text: string): readonly (readonly string[])[] {
  const pieces: string[] = [];
  for (const { segment } of sentences.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && (last + segment).trim().length <= MAX_PIECE) {
      pieces[pieces.length - 1] = last + segment;
    } else pieces.push(segment);
  }
  return pieces
    .map(piece => piece.split(/\s+/).filter(word => lettersIn(word) > 0))
    .filter(words => words.length > 0);
}

function lettersIn(word: string): number {
  const letters = word.match(/\p{L}/gu)?.length ?? 0;
  const digits = word.match(/\p{N}/gu)?.length ?? 0;
  return letters + digits * LETTERS_PER_DIGIT;
}

/** Where the voice begins and ends; all of the samples when there is none. */
function voicedIn(samples: Int16Array): { readonly from: number; readonly to: number } {
  const isLoud = (sample: number): boolean => Math.abs(sample) >= QUIET;
  const from = samples.findIndex(isLoud);
  return from < 0
    ? { from: 0, to: samples.length }
    : { from, to: samples.findLastIndex(isLoud) + 1 };
}

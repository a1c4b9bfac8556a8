import type { Side } from '../core/segment.ts';

/** What was said, as letters are compared. */
type Said = { readonly speaker: Side; readonly text: string };

/**
 * Knows what both Twilio's gather and its transcription understood on a call: the same words, once as an
 * answer and once as they were said. The answer stays.
 */
type HeardTwice = {
  /**
   * Twilio's transcription tells something to its end.
   * @param takeBack takes it back when an answer with the same words comes
   * @returns whether an answer had these words already
   */
  readonly transcribed: (said: Said, nowMs: number, takeBack: () => void) => boolean;
  /** A gather tells what it heard; what was transcribed of it is taken back. */
  readonly gathered: (said: Said, nowMs: number) => void;
};

/** Words that are told so long after each other, in ms, were said once each. */
const APART_MS = 10_000;

/** Stands where words were that both understood: what is before it does not go on after it. */
const GAP = ' ';

/** Nothing was told yet. */
export function createHeardTwice(): HeardTwice {
  let answers: { readonly speaker: Side; readonly atMs: number; words: readonly string[] }[] = [];
  let pieces: (Said & { readonly atMs: number; readonly takeBack: () => void })[] = [];

  const forget = (nowMs: number): void => {
    answers = answers.filter(({ atMs }) => nowMs - atMs <= APART_MS);
    pieces = pieces.filter(({ atMs }) => nowMs - atMs <= APART_MS);
  };

  return {
    transcribed: ({ speaker, text }, nowMs, takeBack) => {
      forget(nowMs);
      for (const answer of answers) {
        const rest = answer.speaker === speaker ? without(answer.words, wordsOf(text)) : null;
        if (rest === null) continue;
        answer.words = rest;
        return true;
      }
      pieces.push({ speaker, text, atMs: nowMs, takeBack });
      return false;
    },
    gathered: ({ speaker, text }, nowMs) => {
      forget(nowMs);
      let words = wordsOf(text);
      const same = pieces.filter(piece => {
        const rest = piece.speaker === speaker ? without(words, wordsOf(piece.text)) : null;
        words = rest ?? words;
        return rest !== null;
      });
      pieces = pieces.filter(piece => !same.includes(piece));
      answers.push({ speaker, atMs: nowMs, words });
      for (const { takeBack } of same) takeBack();
    },
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Words without others that stand among them, whole and in order; null when they do not. Spaces do not count. */
function without(all: readonly string[], some: readonly string[]): readonly string[] | null {
  const letters = some.join('');
  if (letters === '') return null;
  for (const from of all.keys()) {
    let found = '';
    for (let to = from; to < all.length && found.length < letters.length; to += 1) {
      found += all[to];
      if (found === letters) return [...all.slice(0, from), GAP, ...all.slice(to + 1)];
    }
  }
  return null;
}

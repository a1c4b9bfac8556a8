/** Beginnings of words that the profanity filter of a recogniser blots out. */
const PROFANE = /^(?:fuck|shit|bitch|bastard|asshole|cunt|motherfuck)/i;

/** The share of a word that a recogniser that has not heard it to its end makes of it. */
const CUT_SHARE = 0.6;

/** How a recogniser writes what it has not finished: small letters, no punctuation. */
export function partialText(words: readonly string[], isFiltered: boolean): string {
  return filtered(words, isFiltered).map(bare).join(' ').toLowerCase();
}

/** A word of which only the beginning was understood. */
export function cutWord(word: string): string {
  const plain = bare(word);
  return plain.slice(0, Math.max(2, Math.ceil(plain.length * CUT_SHARE)));
}

/** How a recogniser writes what it has finished: as it is spelt, or without punctuation. */
export function finalText(
  words: readonly string[],
  { isFiltered, isPunctuated }: { readonly isFiltered: boolean; readonly isPunctuated: boolean },
): string {
  const told = filtered(words, isFiltered);
  if (!isPunctuated) return told.map(bare).join(' ');
  // What was cut off ends where it was cut.
  const text = told.join(' ').replace(/[,;:]$/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function filtered(words: readonly string[], isFiltered: boolean): readonly string[] {
  if (!isFiltered) return words;
  return words.map(word => {
    const plain = bare(word);
    if (!PROFANE.test(plain)) return word;
    return word.replace(plain, plain.charAt(0) + '*'.repeat(plain.length - 1));
  });
}

/** A word without what stands around it; currency and percent belong to it. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}\p{Sc}]+|[^\p{L}\p{N}\p{Sc}%*]+$/gu, '');
}

/** How what was understood differs from what was said, in words. */
export type WordErrors = {
  /** Of what was said. */
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
};

/** Nothing said, nothing understood. */
export const NO_WORDS: WordErrors = { words: 0, substitutions: 0, deletions: 0, insertions: 0 };

/** The fewest changes that make one text the other. Letter case and punctuation do not count. */
export function wordErrors(said: string, understood: string): WordErrors {
  const from = wordsOf(said);
  const to = wordsOf(understood);
  let row: WordErrors[] = [NO_WORDS];
  for (let i = 0; i < to.length; i += 1) row.push({ ...NO_WORDS, insertions: i + 1 });
  for (const [i, word] of from.entries()) {
    const next: WordErrors[] = [{ ...NO_WORDS, words: i + 1, deletions: i + 1 }];
    for (const [j, other] of to.entries()) {
      const both = more(row[j], { words: 1, substitutions: word === other ? 0 : 1 });
      const missed = more(row[j + 1], { words: 1, deletions: 1 });
      const added = more(next[j], { insertions: 1 });
      next.push(
        [both, missed, added].reduce((best, one) => (errorsOf(one) < errorsOf(best) ? one : best)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? NO_WORDS;
}

/** The errors of two texts together. */
export function addErrors(one: WordErrors, other: WordErrors): WordErrors {
  return more(one, other);
}

/** Errors per word said: 0 is perfect, and it may be more than 1. NaN where nothing was said. */
export function errorRate(errors: WordErrors): number {
  return errorsOf(errors) / errors.words;
}

/** The words of a text as they are compared. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word));
}

function errorsOf({ substitutions, deletions, insertions }: WordErrors): number {
  return substitutions + deletions + insertions;
}

function more(one: WordErrors = NO_WORDS, by: Partial<WordErrors>): WordErrors {
  return {
    words: one.words + (by.words ?? 0),
    substitutions: one.substitutions + (by.substitutions ?? 0),
    deletions: one.deletions + (by.deletions ?? 0),
    insertions: one.insertions + (by.insertions ?? 0),
  };
}

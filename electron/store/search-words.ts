/** What a person looks for, as SQLite's full-text search is asked for it. */
export type SearchWords = {
  /** An FTS5 expression; null when there is no word in it. Source: https://sqlite.org/fts5.html §3 */
  readonly match: string | null;
  /** Its words, as they were typed. */
  readonly words: readonly string[];
};

/**
 * Reads what was typed: every word must be there, also as the beginning of a longer one; words in
 * quotation marks stand together as they are.
 */
export function searchWords(query: string): SearchWords {
  const terms: string[] = [];
  const words: string[] = [];
  for (const [whole, phrase] of query.matchAll(/["“”„]([^"“”„]*)["“”„]?|[^\s"“”„]+/g)) {
    const found = (phrase ?? whole).match(/[\p{L}\p{N}\p{M}]+/gu);
    if (found === null) continue;
    words.push(...found);
    // What is joined, as in "so-called", is looked for as it is joined.
    terms.push(phrase === undefined ? `"${found.join(' ')}"*` : `"${found.join(' ')}"`);
  }
  return { match: terms.length === 0 ? null : terms.join(' AND '), words };
}

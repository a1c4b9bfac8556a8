declare module 'snowball-stemmers' {
  /** Makes a stemmer of one of `algorithms()`. Its words are written small. */
  export function newStemmer(algorithm: string): { stem(word: string): string };
}

import { distance } from 'fastest-levenshtein';
import type { WatchList } from '../core/watch-list.ts';
import { type Forms, formsIn, type WordForms } from './stems.ts';

/** A phrase of a list that was said. */
export type WatchHit = {
  readonly list: WatchList;
  /** As the list has it. */
  readonly phrase: string;
  /** As it was said. */
  readonly words: string;
  /** Which word of the text it begins with, of those between spaces. */
  readonly at: number;
};

/** Finds phrases in what is said in one language. */
export type PhraseFinder = (text: string) => readonly WatchHit[];

/** A phrase: its words by their place in the vocabulary. */
type Phrase = {
  readonly list: WatchList;
  readonly phrase: string;
  readonly words: readonly number[];
};

/** A word of a text. @field within which word between spaces it is, or is part of */
type TextWord = { readonly word: string; readonly within: number };

/** How many letters of words that long may differ; shorter ones are as they are. */
const SLIPS = [
  { letters: 8, slips: 2 },
  { letters: 5, slips: 1 },
] as const;

/** So many other words may stand between two words of a phrase. */
const MOST_BETWEEN = 1;

/** Words whose meaning is remembered: more than a person uses in a day of talk. */
const MOST_REMEMBERED = 20_000;

/** Letters of scripts that leave no space between words, and so are looked for as they stand. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** Prepares lists for what is said in a language. @param language BCP-47 */
export function phraseFinder(lists: readonly WatchList[], language: string): PhraseFinder {
  const forms = formsIn(language);
  const vocabulary: WordForms[] = [];
  const known = new Map<string, number>();
  const byFirst = new Map<number, Phrase[]>();
  const unspaced: Omit<Phrase, 'words'>[] = [];

  const numberOf = (word: string): number => {
    const found = known.get(word);
    if (found !== undefined) return found;
    known.set(word, vocabulary.length);
    return vocabulary.push(forms(word)) - 1;
  };
  for (const list of lists) {
    for (const phrase of list.phrases) {
      if (UNSPACED.test(phrase)) {
        unspaced.push({ list, phrase });
        continue;
      }
      const words = wordsOf(phrase).map(({ word }) => numberOf(word));
      const [first] = words;
      if (first !== undefined)
        byFirst.set(first, [...(byFirst.get(first) ?? []), { list, phrase, words }]);
    }
  }
  const meant = rememberedMeanings(vocabulary, forms);

  return text => {
    const hits: WatchHit[] = [];
    const words = wordsOf(text);
    const meanings = words.map(({ word }) => meant(word));
    for (const [i, meaning] of meanings.entries()) {
      for (const first of meaning) {
        for (const { list, phrase, words: wanted } of byFirst.get(first) ?? []) {
          const last = lastOf(wanted, meanings, i);
          if (last !== null) hits.push({ list, phrase, ...asSaid(text, words, i, last) });
        }
      }
    }
    if (unspaced.length > 0) hits.push(...standingIn(text, unspaced));
    return hits;
  };
}

/** Which words of the vocabulary a word may be, worked out once for each. */
function rememberedMeanings(
  vocabulary: readonly WordForms[],
  forms: Forms,
): (word: string) => readonly number[] {
  const remembered = new Map<string, readonly number[]>();
  return word => {
    const found = remembered.get(word);
    if (found !== undefined) return found;
    const said = forms(word);
    const meaning = [...vocabulary.keys()].filter(i => {
      const wanted = vocabulary[i];
      return wanted !== undefined && isSame(wanted, said);
    });
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(word, meaning);
    return meaning;
  };
}

function isSame(one: WordForms, other: WordForms): boolean {
  if (one.plain === other.plain || one.stem === other.stem || one.plainStem === other.plainStem) {
    return true;
  }
  const letters = Math.min(one.plain.length, other.plain.length);
  const slips = SLIPS.find(each => letters >= each.letters)?.slips ?? 0;
  if (slips === 0 || Math.abs(one.plain.length - other.plain.length) > slips) return false;
  return !/\d/.test(one.plain) && distance(one.plain, other.plain) <= slips;
}

/** The last word of a phrase that begins at a word; null when it does not stand there. */
function lastOf(
  wanted: readonly number[],
  meanings: readonly (readonly number[])[],
  at: number,
  done = 1,
): number | null {
  const next = wanted[done];
  if (next === undefined) return at;
  for (let i = at + 1; i <= at + 1 + MOST_BETWEEN; i += 1) {
    if (meanings[i]?.includes(next) !== true) continue;
    const last = lastOf(wanted, meanings, i, done + 1);
    if (last !== null) return last;
  }
  return null;
}

function asSaid(
  text: string,
  words: readonly TextWord[],
  first: number,
  last: number,
): Pick<WatchHit, 'words' | 'at'> {
  const at = words[first]?.within ?? 0;
  const to = words[last]?.within ?? at;
  return {
    words: trimmed(
      text
        .match(/\S+/g)
        ?.slice(at, to + 1)
        .join(' ') ?? '',
    ),
    at,
  };
}

function standingIn(text: string, phrases: readonly Omit<Phrase, 'words'>[]): WatchHit[] {
  const small = text.normalize('NFKC').toLowerCase();
  return phrases.flatMap(({ list, phrase }) => {
    const from = small.indexOf(phrase.normalize('NFKC').toLowerCase());
    if (from < 0) return [];
    const at = Math.max(0, (small.slice(0, from + 1).match(/\S+/g)?.length ?? 1) - 1);
    return [{ list, phrase, words: phrase, at }];
  });
}

/** The words of a text; signs part them as spaces do, but for apostrophes. */
function wordsOf(text: string): TextWord[] {
  const spaced = text.match(/\S+/g) ?? [];
  return spaced.flatMap((each, within) => {
    const parts = each.replace(/['’]/g, '').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    return parts.map(word => ({ word, within }));
  });
}

function trimmed(words: string): string {
  return words.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
}

import { newStemmer } from 'snowball-stemmers';

/** A word in the forms in which it is compared: all small, without accents. */
export type WordForms = {
  readonly plain: string;
  /** Without its ending. */
  readonly stem: string;
  /** The same of the word written without accents, which endings may depend on. */
  readonly plainStem: string;
};

/** Brings words into the forms in which they are compared. */
export type Forms = (word: string) => WordForms;

/** Snowball's name of a language, by its ISO 639-1 code. Source: snowballstem.org/algorithms */
const ALGORITHMS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};

/** The forms of words of a language; of one without known endings the word itself. @param language BCP-47 */
export function formsIn(language: string): Forms {
  const algorithm = ALGORITHMS[baseLanguage(language)];
  const stemmer = algorithm === undefined ? null : newStemmer(algorithm);
  const stem = (word: string): string => stemmer?.stem(word) ?? word;
  return word => {
    const small = word.toLocaleLowerCase(language).normalize('NFC');
    const plain = withoutAccents(small);
    return { plain, stem: withoutAccents(stem(small)), plainStem: withoutAccents(stem(plain)) };
  };
}

/** The language without its country, such as `en`. */
export function baseLanguage(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ı', 'i');
}

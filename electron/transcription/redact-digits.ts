import {
  type NumberLanguage,
  numberLanguageOf,
  numberWordsOf,
  plainWord,
  type SpokenNumber,
} from './spoken-digits.ts';

/** A word of a text, as far as numbers go. */
type ReadWord =
  /** Digits alone, written or spoken. @field isPlus it begins with a plus, as telephone numbers do */
  | {
      readonly kind: 'number';
      readonly digits: string;
      readonly isTens: boolean;
      readonly isWeak: boolean;
      readonly isPlus: boolean;
    }
  /** Repeats the digit behind it. */
  | { readonly kind: 'times'; readonly times: number }
  /** Holds digits that are no part of a longer number: a time, an amount, "B12", "hundred". */
  | { readonly kind: 'mixed' }
  /** May stand between the digits of a number. */
  | { readonly kind: 'filler'; readonly isJoiner: boolean }
  | { readonly kind: 'other' };

/** Digits in a row, over one word or several. */
export type DigitRun = {
  /** Its first word, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly digits: string;
  /** Where words begin among the digits. */
  readonly starts: readonly number[];
  readonly isPlus: boolean;
};

/** The numbers of a text. */
export type NumbersRead = {
  readonly language: NumberLanguage;
  /** The words, in the form of the tables. */
  readonly plain: readonly string[];
  readonly runs: readonly DigitRun[];
  /** The words that hold a number, or a part of one. */
  readonly numbers: readonly number[];
  /** How many words say something else. */
  readonly others: number;
};

/** What stands in place of a spoken number: always as long, since "three" and "six" tell by their length. */
const SPOKEN_MASK = '••••';

/** Digits and what may stand between them in one number. */
const ONLY_DIGITS = /^[("'#]*\+?[\p{Nd}().,/–-]*\p{Nd}[\p{Nd}().,/–-]*[)"'?!;:…]*$/u;

const DIGIT = /\p{Nd}/u;
const DIGITS = /\p{Nd}/gu;

/** Finds the numbers of a text. @param before the language when the text does not tell */
export function readNumbers(text: string, before: NumberLanguage): NumbersRead {
  const words = text.match(/\S+/g) ?? [];
  const plain = words.map(plainWord);
  const language = numberLanguageOf(plain, before);
  const read = withoutLoneWeak(words.map((word, i) => readWord(word, plain[i] ?? '', language)));
  const isNumber = (i: number): boolean => {
    const kind = read[i]?.kind;
    return kind === 'number' || kind === 'times' || kind === 'mixed';
  };
  return {
    language,
    plain,
    runs: runsOf(read),
    numbers: [...read.keys()].filter(isNumber),
    others: read.filter(({ kind }) => kind === 'other').length,
  };
}

/** Masks words of a text; how many it has stays the same. */
export function withMasked(text: string, isMasked: (word: number) => boolean): string {
  let word = -1;
  return text.replace(/\S+/g, found => {
    word += 1;
    return isMasked(word) ? maskedWord(found) : found;
  });
}

function maskedWord(word: string): string {
  if (DIGIT.test(word)) return word.replace(DIGITS, '•');
  return word.replace(/\p{L}(.*\p{L})?/u, SPOKEN_MASK);
}

function readWord(word: string, plain: string, language: NumberLanguage): ReadWord {
  if (DIGIT.test(word)) {
    if (!ONLY_DIGITS.test(word)) return { kind: 'mixed' };
    const digits = [...word.matchAll(DIGITS)].map(([digit]) => digitValue(digit)).join('');
    const isPlus = word.includes('+');
    return { kind: 'number', digits, isTens: false, isWeak: false, isPlus };
  }
  const { numbers, times, scales, fillers, joiner } = numberWordsOf(language);
  const spoken = numbers.get(plain) ?? spokenInParts(plain, numbers);
  if (spoken !== null) return { kind: 'number', ...spoken, isPlus: false };
  const repeated = times.get(plain);
  if (repeated !== undefined) return { kind: 'times', times: repeated };
  if (scales.has(plain)) return { kind: 'mixed' };
  if (plain === '') return { kind: 'filler', isJoiner: false };
  return fillers.has(plain) ? { kind: 'filler', isJoiner: plain === joiner } : { kind: 'other' };
}

/** Numbers with signs in between, such as "one-two-three"; null when a part is none. */
function spokenInParts(
  plain: string,
  numbers: ReadonlyMap<string, SpokenNumber>,
): SpokenNumber | null {
  const parts = plain.split(/[^\p{L}]+/u);
  if (parts.length < 2) return null;
  let digits = '';
  for (const part of parts) {
    const spoken = numbers.get(part);
    if (spoken === undefined) return null;
    digits += spoken.digits;
  }
  return { digits, isTens: false, isWeak: false };
}

/** The value of a digit of any script: those of a script follow each other. Source: Unicode, General_Category Nd. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

/** Weak words are numbers beside a number, or where nothing else is said. */
function withoutLoneWeak(read: readonly ReadWord[]): readonly ReadWord[] {
  const isOther = (word: ReadWord | undefined): boolean =>
    word !== undefined && word.kind === 'other';
  if (!read.some(isOther)) return read;
  const isNumber = (word: ReadWord | undefined): boolean =>
    word?.kind === 'number' || word?.kind === 'times' || word?.kind === 'mixed';
  return read.map((word, i) => {
    if (word.kind !== 'number' || !word.isWeak) return word;
    return isNumber(read[i - 1]) || isNumber(read[i + 1]) ? word : { kind: 'other' };
  });
}

function runsOf(read: readonly ReadWord[]): DigitRun[] {
  const runs: DigitRun[] = [];
  let run: { from: number; to: number; digits: string; starts: number[]; isPlus: boolean } | null =
    null;
  let times = 1;
  /** Whether the next unit belongs to the tens before it. */
  let isOpenTens = false;
  const end = (): void => {
    if (run !== null && run.digits !== '') runs.push(run);
    run = null;
    times = 1;
    isOpenTens = false;
  };
  for (const [i, word] of read.entries()) {
    if (word.kind === 'other' || word.kind === 'mixed') {
      end();
      continue;
    }
    if (word.kind === 'filler') {
      if (!word.isJoiner) isOpenTens = false;
      continue;
    }
    // Telephone numbers that follow another number are numbers of their own.
    if (word.kind === 'number' && word.isPlus) end();
    run ??= { from: i, to: i, digits: '', starts: [], isPlus: false };
    run.to = i + 1;
    if (word.kind === 'times') {
      times = word.times;
      isOpenTens = false;
      continue;
    }
    if (word.isPlus) run.isPlus = true;
    if (isOpenTens && /^[1-9]$/.test(word.digits)) {
      run.digits = run.digits.slice(0, -1) + word.digits;
    } else {
      run.starts.push(run.digits.length);
      run.digits += word.digits.slice(0, 1).repeat(times - 1) + word.digits;
    }
    times = 1;
    isOpenTens = word.isTens;
  }
  end();
  return runs;
}

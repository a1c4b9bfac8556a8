import type { SegmentPlace, Side } from '../core/segment.ts';
import { holdsCard, mayBecomeCard } from './redact-cards.ts';
import { type DigitRun, type NumbersRead, readNumbers, withMasked } from './redact-digits.ts';
import { type MaskedStretch, stretchesOf } from './redact-places.ts';
import { createDigitStreak } from './redact-streak.ts';
import { isToldAfter, LONGEST_TRIGGER, triggersIn } from './redact-triggers.ts';
import type { NumberLanguage } from './spoken-digits.ts';

/** A piece of what was said, as it was understood. */
type HeardWords = {
  readonly speaker: Side;
  readonly segmentId: string;
  readonly text: string;
  readonly isFinal: boolean;
  readonly place: SegmentPlace | null;
};

/** The same piece as it may be kept. */
type RedactedWords = {
  /** As many words as before. */
  readonly text: string;
  readonly place: SegmentPlace | null;
  /** Where masked words stand in the call's sound; told once, with the final piece. */
  readonly masked: readonly MaskedStretch[];
};

/** Masks what must not be kept in the words of one call. Times in ms since the epoch. */
export type Redactor = {
  /** Takes what was understood, in the order in which it was. */
  readonly words: (piece: HeardWords, nowMs: number) => RedactedWords;
  /** Somebody pressed keys. */
  readonly pressed: (nowMs: number) => void;
};

/** Digits are masked for so long after it was said what they are; longer while they go on. */
const SUBJECT_MS = 45_000;
const SUBJECT_GOES_ON_MS = 10_000;

/** Digits are masked for so long after keys were pressed. */
const PRESSED_MS = 20_000;

/** Digits alone are masked for so long after a card: its security code, its date. */
const AFTER_CARD_MS = 30_000;

/** The most digits of a security code and a date together. */
const MOST_AFTER_CARD = 8;

/** A final piece with fewer words of its own changes no subject: "go on", "thank you". */
const FEWEST_WORDS = 3;

/** So many final pieces without digits change the subject: before the first digit somebody looks for the card. */
const CHANGED_AFTER = { digits: 2, nothing: 4 } as const;

/** Pieces that are remembered: of each, whether it was masked already. */
const MOST_PIECES = 64;

/** What digits are said next. @field by the piece that said so */
type Subject = { readonly until: number; readonly by: string; quiet: number; hasDigits: boolean };

/** What is remembered of a piece: what was masked once stays so, whatever it is understood as later. */
type KnownPiece = {
  /** All its numbers are masked. */
  isMasked: boolean;
  /** It held a card. */
  hadCard: boolean;
  /** It was final. */
  isTold: boolean;
};

/** Every word. */
const ALL = (): boolean => true;

/** Nothing was said yet. */
export function createRedactor(): Redactor {
  const streaks = { them: createDigitStreak(), us: createDigitStreak() };
  const ends: Record<Side, readonly string[]> = { them: [], us: [] };
  const pieces = new Map<string, KnownPiece>();
  let language: NumberLanguage = 'en';
  let subject: Subject | null = null;
  let pressedUntil = Number.NEGATIVE_INFINITY;
  let afterCardUntil = Number.NEGATIVE_INFINITY;

  const known = (segmentId: string): KnownPiece => {
    const found = pieces.get(segmentId) ?? { isMasked: false, hadCard: false, isTold: false };
    pieces.delete(segmentId);
    pieces.set(segmentId, found);
    const oldest = pieces.size > MOST_PIECES ? pieces.keys().next().value : undefined;
    if (oldest !== undefined) pieces.delete(oldest);
    return found;
  };

  /** Notes what the piece says digits will be. @returns which of its own words are masked by that */
  const asTold = (
    piece: HeardWords,
    read: NumbersRead,
    nowMs: number,
  ): ((word: number) => boolean) => {
    const before = ends[piece.speaker];
    const triggers = triggersIn([...before, ...read.plain])
      .map(({ from, to }) => ({ from: from - before.length, to: to - before.length }))
      .filter(({ to }) => to > 0);
    const isOwn = subject?.by === piece.segmentId;
    const isOver = subject !== null && subject.until < nowMs;
    const isAll = subject !== null && !isOver && !(isOwn && triggers.length > 0);
    if (isOver) subject = null;
    if (triggers.length > 0 && !isAll) {
      const until = nowMs + SUBJECT_MS;
      subject = { until, by: piece.segmentId, quiet: 0, hasDigits: false };
    } else if (triggers.length > 0 && subject !== null) {
      subject = { ...subject, until: nowMs + SUBJECT_MS, quiet: 0 };
    }
    if (isAll) return ALL;
    const first = Math.min(...triggers.map(({ to }) => to));
    const told = read.runs.filter(({ to }) => isToldAfter(read.plain, to, triggers));
    return word => word >= first || told.some(({ from, to }) => word >= from && word < to);
  };

  /** Follows whether digits are still spoken of. */
  const followSubject = (
    { isFinal, segmentId }: HeardWords,
    read: NumbersRead,
    nowMs: number,
  ): void => {
    if (subject === null) return;
    if (read.numbers.length > 0) {
      const until = Math.max(subject.until, nowMs + SUBJECT_GOES_ON_MS);
      subject = { ...subject, until, quiet: 0, hasDigits: true };
      return;
    }
    if (!isFinal || subject.by === segmentId || read.others < FEWEST_WORDS) return;
    subject.quiet += 1;
    const most = subject.hasDigits ? CHANGED_AFTER.digits : CHANGED_AFTER.nothing;
    if (subject.quiet >= most) subject = null;
  };

  /** Finds a card; all behind it is masked too: its date, its code. @returns its first word */
  const cardFrom = (read: NumbersRead, said: string): number | null => {
    const card = read.runs.find(holdsCard);
    if (card !== undefined) return card.from;
    const [first] = read.runs;
    const isRest = said !== '' && isAlone(read) && first !== undefined;
    return isRest && holdsCard(behind(said, first)) ? 0 : null;
  };

  const maskedWords = (
    piece: HeardWords,
    read: NumbersRead,
    itself: KnownPiece,
    nowMs: number,
  ): number[] => {
    const streak = streaks[piece.speaker];
    const byTrigger = asTold(piece, read, nowMs);
    if (read.numbers.length === 0) return [];
    const card = cardFrom(read, itself.isTold ? '' : streak.said(nowMs));
    const isRest = nowMs <= afterCardUntil && isAlone(read) && digitsOf(read) <= MOST_AFTER_CARD;
    const isStreak = !itself.isTold && streak.isMasked(nowMs);
    const hasLostCard = card === null && itself.hadCard;
    if (card !== null) {
      afterCardUntil = nowMs + AFTER_CARD_MS;
      itself.hadCard = true;
    }
    if (isRest || isStreak || hasLostCard || nowMs <= pressedUntil || byTrigger === ALL) {
      itself.isMasked = true;
    }
    // Of a draft only: the final piece shows what it was.
    const growing = piece.isFinal ? undefined : read.runs.find(mayBecomeCard)?.from;
    const from = Math.min(card ?? Number.POSITIVE_INFINITY, growing ?? Number.POSITIVE_INFINITY);
    return read.numbers.filter(word => itself.isMasked || byTrigger(word) || word >= from);
  };

  const remember = (
    { speaker, isFinal }: HeardWords,
    read: NumbersRead,
    itself: KnownPiece,
    nowMs: number,
  ): void => {
    const streak = streaks[speaker];
    if (read.numbers.length > 0) streak.heard(nowMs);
    if (!isFinal || itself.isTold) return;
    itself.isTold = true;
    const alone = isAlone(read) ? read.runs.map(({ digits }) => digits).join('') : '';
    streak.add(alone, read.others, nowMs);
    ends[speaker] = read.plain.slice(-LONGEST_TRIGGER);
  };

  return {
    words: (piece, nowMs) => {
      const { text, place, isFinal, segmentId } = piece;
      const read = readNumbers(text, language);
      language = read.language;
      const itself = known(segmentId);
      const masked = maskedWords(piece, read, itself, nowMs);
      followSubject(piece, read, nowMs);
      const isNew = isFinal && !itself.isTold;
      remember(piece, read, itself, nowMs);
      if (masked.length === 0) return { text, place, masked: [] };
      const isMasked = new Set(masked);
      return {
        text: withMasked(text, word => isMasked.has(word)),
        place,
        masked: isNew && place !== null ? stretchesOf(text, place, masked) : [],
      };
    },
    pressed: nowMs => {
      pressedUntil = nowMs + PRESSED_MS;
    },
  };
}

/** Whether a piece says digits and nothing else. */
function isAlone({ runs, others, numbers }: NumbersRead): boolean {
  return others === 0 && runs.length > 0 && numbers.length > 0;
}

function digitsOf({ runs }: NumbersRead): number {
  return runs.reduce((sum, { digits }) => sum + digits.length, 0);
}

/** A run as it goes on from digits said before it. */
function behind(said: string, run: DigitRun): DigitRun {
  const starts = [0, ...run.starts.map(start => start + said.length)];
  return { ...run, digits: said + run.digits, starts };
}

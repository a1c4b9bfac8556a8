/** So many digits said alone are masked from then on, unless other things are said. */
const MOST_UNMASKED = 8;

/** Digits said within such a time belong together. */
const TOGETHER_MS = 30_000;

/** The masking ends when no digit was said for so long. */
const PAUSE_MS = 10_000;

/** So many other words in one piece part what was said before from what follows. */
const FEWEST_OTHERS = 4;

/** The digits that one side says piece by piece, with short turns of the other side in between. Times in ms. */
type DigitStreak = {
  /** The digits said before that belong to the next ones. */
  readonly said: (nowMs: number) => string;
  /** Whether what comes next is masked. */
  readonly isMasked: (nowMs: number) => boolean;
  /** A digit was said, alone or not, also in a piece that may still change. */
  readonly heard: (nowMs: number) => void;
  /** A final piece. @param digits what it says; empty when they were not said alone @param others its other words */
  readonly add: (digits: string, others: number, nowMs: number) => void;
};

/** No digit was said yet. */
export function createDigitStreak(): DigitStreak {
  let pieces: { readonly digits: string; readonly at: number }[] = [];
  let maskedUntil: number | null = null;

  const together = (nowMs: number): string => {
    pieces = pieces.filter(({ at }) => nowMs - at <= TOGETHER_MS);
    return pieces.map(({ digits }) => digits).join('');
  };
  const endPaused = (nowMs: number): void => {
    if (maskedUntil === null || nowMs <= maskedUntil) return;
    maskedUntil = null;
    pieces = [];
  };
  const isMasked = (nowMs: number): boolean => {
    endPaused(nowMs);
    return maskedUntil !== null;
  };

  return {
    said: nowMs => {
      endPaused(nowMs);
      return together(nowMs);
    },
    isMasked,
    heard: nowMs => {
      if (isMasked(nowMs)) maskedUntil = nowMs + PAUSE_MS;
    },
    add: (digits, others, nowMs) => {
      if (digits === '') {
        if (others >= FEWEST_OTHERS && !isMasked(nowMs)) pieces = [];
        return;
      }
      pieces.push({ digits, at: nowMs });
      if (together(nowMs).length >= MOST_UNMASKED) maskedUntil = nowMs + PAUSE_MS;
    },
  };
}

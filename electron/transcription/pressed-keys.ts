import { createRedactor } from './redactor.ts';

/** Keys that were pressed, without the digits of a card's number. */
export function cardMasked(digits: string, nowMs: number): string {
  const piece = {
    speaker: 'them',
    segmentId: '',
    text: digits,
    isFinal: true,
    place: null,
  } as const;
  return createRedactor().words(piece, nowMs).text;
}

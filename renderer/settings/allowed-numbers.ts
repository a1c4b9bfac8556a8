import { type PhoneNumber, parsePhoneNumber } from '../../electron/core/phone-number.ts';

/** Numbers one list may hold. Source: the settings' own limit. */
const MOST_NUMBERS = 1000;

/** A list with one number more, or why it cannot be added. */
type Added =
  | { readonly ok: true; readonly list: readonly PhoneNumber[]; readonly number: PhoneNumber }
  | { readonly ok: false; readonly words: string };

/** Adds a number as typed or pasted to a list. */
export function addNumber(list: readonly PhoneNumber[], text: string): Added {
  if (text.trim() === '') return { ok: false, words: 'Enter a number.' };
  const parsed = parsePhoneNumber(text);
  if (!parsed.ok) return { ok: false, words: `${parsed.problem.message} ${parsed.problem.remedy}` };
  const { number } = parsed;
  if (list.includes(number)) return { ok: false, words: 'This number is on the list.' };
  if (list.length >= MOST_NUMBERS) {
    return { ok: false, words: `The list is full: ${MOST_NUMBERS} numbers.` };
  }
  return { ok: true, list: [...list, number], number };
}

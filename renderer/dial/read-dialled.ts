import {
  formatPhoneNumber,
  formatWhileTyping,
  isEmergencyNumber,
  type PhoneNumber,
  parsePhoneNumber,
} from '../../electron/core/phone-number.ts';

/** What a text means as a number to dial. */
export type Dialled =
  | { readonly status: 'complete'; readonly number: PhoneNumber; readonly text: string }
  | {
      readonly status: 'short';
      readonly text: string;
      readonly missing: number;
      readonly words: string;
    }
  /** A short number for emergencies. It is never refused here. */
  | { readonly status: 'emergency'; readonly text: string }
  | { readonly status: 'wrong'; readonly text: string; readonly words: string };

const MOST_MISSING = 12;

/** Whether a text is meant as a number: a digit or plus first, then only what numbers are written with. */
export function looksLikeNumber(text: string): boolean {
  const typed = text.trim().replace(/^tel:/i, '');
  return /^[+(\d][\d\s().\-–‑/+]*$/.test(typed) && /[\d+]/.test(typed);
}

/** Understands a number while it is typed: complete, so many digits short, or wrong and why. */
export function readDialled(text: string): Dialled {
  const typed = text.trim().replace(/^tel:/i, '').replace(/[–‑]/g, '-');
  const digits = typed.replace(/\D/g, '');
  if (isEmergencyNumber(typed)) return { status: 'emergency', text: digits };
  const parsed = parsePhoneNumber(typed);
  if (parsed.ok) {
    return { status: 'complete', number: parsed.number, text: formatPhoneNumber(parsed.number) };
  }
  const written = formatWhileTyping(international(typed, digits));
  const missing = missingDigits(typed);
  if (missing === 0) {
    return { status: 'wrong', text: written, words: parsed.problem.message };
  }
  const count = missing === 1 ? '1 digit is missing' : `${missing} digits are missing`;
  return {
    status: 'short',
    text: written,
    missing,
    words: `${written} is too short for a phone number; ${count}.`,
  };
}

function missingDigits(typed: string): number {
  for (let missing = 1; missing <= MOST_MISSING; missing += 1) {
    if (parsePhoneNumber(typed + '5'.repeat(missing)).ok) return missing;
  }
  return 0;
}

function international(typed: string, digits: string): string {
  if (typed.startsWith('+')) return `+${digits}`;
  if (digits.startsWith('011')) return `+${digits.slice(3)}`;
  return digits.startsWith('1') ? `+${digits}` : `+1${digits}`;
}

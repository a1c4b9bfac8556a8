import { AsYouType, type CountryCode, parsePhoneNumberWithError } from 'libphonenumber-js';
import type { Problem } from './problem.ts';

/** A phone number in E.164: a plus sign and up to 15 digits. */
export type PhoneNumber = string;

/** The country assumed for numbers typed without a plus sign. */
const DEFAULT_COUNTRY: CountryCode = 'US';

/**
 * Short numbers that reach emergency services somewhere; none of them begins a number dialled from
 * the United States. Source: ITU-T E.161.1 (112, 911) and the national numbering plans.
 */
const EMERGENCY_NUMBERS: ReadonlySet<string> = new Set(
  '000 100 101 102 103 108 110 111 112 113 115 117 118 119 120 122 190 191 192 193 911 999'.split(
    ' ',
  ),
);

/** A number understood, or what is wrong with it. */
export type ParsedNumber =
  | { readonly ok: true; readonly number: PhoneNumber }
  | { readonly ok: false; readonly problem: Problem };

const REASONS: Readonly<Record<string, string>> = {
  NOT_A_NUMBER: 'is not a phone number',
  INVALID_COUNTRY: 'starts with a country code that does not exist',
  TOO_SHORT: 'is too short for a phone number',
  TOO_LONG: 'is too long for a phone number',
  INVALID_LENGTH: 'has the wrong number of digits',
};

/** Understands a number typed or pasted in any format, as dialled from `country`. */
export function parsePhoneNumber(
  text: string,
  country: CountryCode = DEFAULT_COUNTRY,
): ParsedNumber {
  const typed = text.replace(/^\s*tel:/i, '').trim();
  try {
    const parsed = parsePhoneNumberWithError(typed, { defaultCountry: country, extract: false });
    if (!parsed.isPossible()) return refuse(typed, 'INVALID_LENGTH');
    return { ok: true, number: parsed.number };
  } catch (error) {
    return refuse(typed, error instanceof Error ? error.message : 'NOT_A_NUMBER');
  }
}

/** Whether a text, typed or pasted, is a short number for emergencies such as 911 or 112. */
export function isEmergencyNumber(text: string): boolean {
  const typed = text.replace(/^\s*tel:/i, '');
  return /^[\d\s.-]+$/.test(typed) && EMERGENCY_NUMBERS.has(typed.replace(/\D/g, ''));
}

/** Writes an E.164 number the way it is dialled internationally, `+1 415 555 0177`; other text is kept. */
export function formatPhoneNumber(number: PhoneNumber): string {
  try {
    return parsePhoneNumberWithError(number).formatInternational();
  } catch {
    return number;
  }
}

/** Groups the digits of a number while it is being typed. */
export function formatWhileTyping(text: string, country: CountryCode = DEFAULT_COUNTRY): string {
  return new AsYouType(country).input(text);
}

function refuse(typed: string, reason: string): ParsedNumber {
  const why = REASONS[reason] ?? 'is not a phone number';
  return {
    ok: false,
    problem: {
      kind: 'invalid-number',
      message: `${typed === '' ? 'An empty text' : typed} ${why}.`,
      remedy:
        'Check the number. Numbers outside the United States start with + and the country code.',
    },
  };
}

/** Longest link that is read at all, in characters. */
const LONGEST = 100;

/** Most digits of a number: E.164 has 15, and a dialled prefix such as 011 comes before them. */
const MOST_DIGITS = 20;

/** Fewest digits that anybody can be reached by, such as 911 or 112; one is a slip. */
const FEWEST_DIGITS = 2;

/**
 * A telephone number as RFC 3966 §3 has it, without what acts on a line: `*`, `#`, letters and every
 * parameter but an extension. Tones after the call (`postd`), waits and routing are nobody else's to choose.
 */
const LINK = /^tel:(\+?[0-9.()\- ]+)(?:;ext=([0-9.()-]{1,20}))?$/i;

/** Characters browsers write as percent signs though they may stand in a number. */
const ESCAPES: Readonly<Record<string, string>> = {
  '%20': ' ',
  '%28': '(',
  '%29': ')',
  '%2b': '+',
  '%2d': '-',
  '%2e': '.',
};

/** A number somebody offers to dial. Nothing dials it but the person. */
export type OfferedNumber = {
  /** A plus sign, if there was one, and digits. */
  readonly number: string;
  /** Digits to press once somebody answered; null for none. */
  readonly extension: string | null;
};

/**
 * Understands a `tel:` link. Anybody can write one, on any page: what is not plainly a number is
 * no number, and is not repaired. @returns null for what is refused
 */
export function readTelLink(link: string): OfferedNumber | null {
  if (link.length > LONGEST) return null;
  const written = link.replace(/%[0-9a-f]{2}/gi, code => ESCAPES[code.toLowerCase()] ?? code);
  const [, subscriber, extension] = LINK.exec(written) ?? [];
  if (subscriber === undefined) return null;
  const digits = subscriber.replace(/[^0-9]/g, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return null;
  const pressed = extension?.replace(/[^0-9]/g, '') ?? null;
  if (pressed === '') return null;
  return { number: (subscriber.startsWith('+') ? '+' : '') + digits, extension: pressed };
}

/**
 * The number that a command line offers, the first one that is understood: how Windows and Linux
 * hand a link over.
 */
export function telLinkAmong(words: readonly string[]): OfferedNumber | null {
  for (const word of words) {
    const offered = readTelLink(word);
    if (offered !== null) return offered;
  }
  return null;
}

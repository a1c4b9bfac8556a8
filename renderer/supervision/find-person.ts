import type { PaletteSource } from '../dial/palette-entries.ts';
import { paletteEntries } from '../dial/palette-entries.ts';
import { readDialled } from '../dial/read-dialled.ts';

/** Somebody who can be brought into a call. */
export type FoundPerson = {
  /** A number, `client:name` or `sip:address`. */
  readonly to: string;
  readonly name: string;
  readonly detail: string;
};

const MOST_FOUND = 6;

/** Twilio's ways to name somebody without a number. Source: Participants resource, `To`. */
const ADDRESS = /^(client|sip):\S+$/;

/**
 * Whom the typed words mean, the likeliest first: an address, a whole number, people by name or number.
 * @param there who is on the call already, by number
 */
export function findPeople(
  typed: string,
  source: Pick<PaletteSource, 'directory' | 'history'>,
  there: ReadonlySet<string> = new Set(),
): readonly FoundPerson[] {
  const text = typed.trim();
  if (ADDRESS.test(text)) return [{ to: text, name: text, detail: '' }];
  const dialled = readDialled(text);
  const number =
    /\d/.test(text) && dialled.status === 'complete'
      ? [{ to: dialled.number, name: dialled.text, detail: '' }]
      : [];
  const known = paletteEntries(text, { ...source, commands: [], search: null }).flatMap(entry =>
    entry.kind === 'call' && entry.id !== 'dial' && !there.has(entry.number)
      ? [{ to: entry.number, name: entry.title, detail: entry.detail }]
      : [],
  );
  const others = number.filter(({ to }) => known.every(person => person.to !== to));
  return [...others, ...known].slice(0, MOST_FOUND);
}

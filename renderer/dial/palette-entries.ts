import type { EndedCall } from '../../electron/core/call.ts';
import type { DirectoryEntry } from '../../electron/core/line.ts';
import { formatPhoneNumber, type PhoneNumber } from '../../electron/core/phone-number.ts';
import type { KeyAct } from '../keys/key-table.ts';
import { fullName } from '../words/names.ts';
import type { Offered } from './offered.ts';
import { looksLikeNumber, readDialled } from './read-dialled.ts';

/** Something a person can run from the palette by name. */
export type PaletteCommand = {
  readonly name: string;
  readonly title: string;
  /** Who will hear this desk, or what else comes of it. */
  readonly detail?: string;
  readonly key: KeyAct | null;
  readonly run: () => void;
};

/** One line of the palette. */
export type PaletteEntry =
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly title: string;
      readonly detail: string;
      readonly number: PhoneNumber;
      /** When the last call with this number was, ms since the epoch; null for somebody of the directory. */
      readonly lastAt: number | null;
    }
  | {
      readonly kind: 'unfinished';
      readonly id: string;
      readonly title: string;
      readonly detail: string;
      /** What is wrong, said on Enter. */
      readonly words: string;
    }
  | {
      readonly kind: 'emergency';
      readonly id: string;
      readonly title: string;
      readonly number: string;
    }
  | { readonly kind: 'command'; readonly id: string; readonly command: PaletteCommand }
  | {
      /** Puts a link's number into the field. */
      readonly kind: 'offered';
      readonly id: string;
      readonly title: string;
      readonly detail: string;
      readonly offered: Offered;
    };

/** What the palette can offer. */
export type PaletteSource = {
  readonly directory: readonly DirectoryEntry[];
  /** Past calls, newest first. */
  readonly history: readonly EndedCall[];
  readonly commands: readonly PaletteCommand[];
  /** Looks for words in all transcripts; null where somebody is chosen. */
  readonly search: ((words: string) => void) | null;
};

const MOST_PEOPLE = 8;

/** The lines for what is typed: digits dial, words find people and commands, `>` only commands. */
export function paletteEntries(text: string, source: PaletteSource): readonly PaletteEntry[] {
  const typed = text.trim();
  if (typed.startsWith('>')) return commandEntries(typed.slice(1).trim(), source);
  const people = peopleOf(source);
  if (typed === '') return [...people.slice(0, MOST_PEOPLE), ...commandEntries('', source)];
  if (looksLikeNumber(typed)) {
    const digits = typed.replace(/\D/g, '');
    const near = digits === '' ? [] : people.filter(person => person.number.includes(digits));
    return [dialEntry(typed), ...near.slice(0, MOST_PEOPLE), ...searchEntries(typed, source)];
  }
  const found = people.filter(person => matches(typed, `${person.title} ${person.detail}`));
  return [
    ...found.slice(0, MOST_PEOPLE),
    ...commandEntries(typed, source),
    ...searchEntries(typed, source),
  ];
}

type CallEntry = Extract<PaletteEntry, { kind: 'call' }>;

function dialEntry(typed: string): PaletteEntry {
  const dialled = readDialled(typed);
  if (dialled.status === 'complete') {
    return {
      kind: 'call',
      id: 'dial',
      title: `Call ${dialled.text}`,
      detail: '',
      number: dialled.number,
      lastAt: null,
    };
  }
  if (dialled.status === 'emergency') {
    return { kind: 'emergency', id: 'dial', title: `Call ${dialled.text}`, number: dialled.text };
  }
  const title = dialled.status === 'short' ? `Call ${dialled.text}` : dialled.text;
  const detail = dialled.status === 'short' ? moreDigits(dialled.missing) : dialled.words;
  return { kind: 'unfinished', id: 'dial', title, detail, words: dialled.words };
}

function moreDigits(missing: number): string {
  return missing === 1 ? '1 more digit' : `${missing} more digits`;
}

function peopleOf({ directory, history }: PaletteSource): readonly CallEntry[] {
  const people = new Map<PhoneNumber, CallEntry>();
  for (const entry of directory) {
    people.set(entry.number, {
      kind: 'call',
      id: entry.number,
      title: entry.name,
      detail: formatPhoneNumber(entry.number),
      number: entry.number,
      lastAt: null,
    });
  }
  for (const call of history) {
    const { number } = call.them;
    const known = people.get(number);
    if (!/\d/.test(number) || (known !== undefined && known.lastAt !== null)) continue;
    const title = known?.title ?? fullName(call.them);
    const detail = call.them.name === null && known === undefined ? '' : formatPhoneNumber(number);
    people.set(number, { kind: 'call', id: number, title, detail, number, lastAt: call.startedAt });
  }
  return [...people.values()].sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
}

function commandEntries(typed: string, { commands }: PaletteSource): readonly PaletteEntry[] {
  return commands
    .filter(command => matches(typed, command.title))
    .map(command => ({ kind: 'command', id: `command:${command.name}`, command }));
}

/** A single letter finds every call. */
const FEWEST_LETTERS = 2;

function searchEntries(typed: string, { search }: PaletteSource): readonly PaletteEntry[] {
  if (search === null || typed.length < FEWEST_LETTERS) return [];
  const title = `Search transcripts for “${typed}”`;
  const command = { name: 'search', title, key: 'find', run: () => search(typed) } as const;
  return [{ kind: 'command', id: 'search', command }];
}

/** Each typed word begins a word of the text. */
function matches(typed: string, text: string): boolean {
  const words = text.toLowerCase().split(/[\s,.:()]+/);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(part => words.some(word => word.startsWith(part)));
}

import type { Direction } from '../../electron/core/call.ts';
import type { Command } from '../../electron/core/commands.ts';

/** When calls began: one of some usual times, or days of one's own, each `2026-03-18`; empty is open. */
export type DateFilter =
  | { readonly kind: 'today' | 'yesterday' | '7-days' | '30-days' }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** How long calls were. */
type LengthFilter = keyof typeof LENGTHS;

/** Which calls are looked at; null lets all through. */
export type SearchFilters = {
  /** @field number the other side's, or a part of it */
  readonly from: { readonly name: string; readonly number: string } | null;
  readonly date: DateFilter | null;
  /** This desk's number on the call. */
  readonly ours: string | null;
  readonly direction: Direction | null;
  readonly length: LengthFilter | null;
};

/** All calls. */
export const NO_FILTERS: SearchFilters = {
  from: null,
  date: null,
  ours: null,
  direction: null,
  length: null,
};

/** Times as they are chosen. */
export const DATE_OPTIONS: readonly (readonly [DateFilter['kind'], string])[] = [
  ['today', 'Today'],
  ['yesterday', 'Yesterday'],
  ['7-days', '7 days'],
  ['30-days', '30 days'],
  ['range', 'From day to day…'],
];

/** Directions as they are chosen. */
export const DIRECTION_OPTIONS: readonly (readonly [Direction, string])[] = [
  ['inbound', 'Came in'],
  ['outbound', 'Went out'],
];

/** Lengths with their bounds, in seconds; a call of exactly a minute is no shorter than one. */
const LENGTHS = {
  'under-1': { atMostSeconds: 59.999 },
  '1-to-5': { atLeastSeconds: 60, atMostSeconds: 300 },
  'over-5': { atLeastSeconds: 300.001 },
  'over-15': { atLeastSeconds: 900.001 },
} as const;

/** Lengths as they are chosen. */
export const LENGTH_OPTIONS: readonly (readonly [LengthFilter, string])[] = [
  ['under-1', 'Under 1 min'],
  ['1-to-5', '1–5 min'],
  ['over-5', 'Over 5 min'],
  ['over-15', 'Over 15 min'],
];

type SearchCommand = Extract<Command, { command: 'search' }>;

/** Asks for the calls that a search and its filters mean. @param now in ms since the epoch: what today is */
export function searchCommand(
  query: string,
  { from, date, ours, direction, length }: SearchFilters,
  now: number,
  limit: number,
): SearchCommand {
  return {
    command: 'search',
    query: query.trim(),
    limit,
    ...(from === null ? {} : { number: from.number }),
    ...(date === null ? {} : timeOf(date, now)),
    ...(ours === null ? {} : { ours }),
    ...(direction === null ? {} : { direction }),
    ...(length === null ? {} : LENGTHS[length]),
  };
}

/** Whether any filter is on. */
export function isFiltered(filters: SearchFilters): boolean {
  return Object.values(filters).some(filter => filter !== null);
}

/** A filter that is on, in words. @field name what turns it off */
type FilterChip = { readonly name: keyof SearchFilters; readonly words: string };

/** The filters that are on, in words. @param lineName names a number of this desk */
export function filterChips(
  { from, date, ours, direction, length }: SearchFilters,
  lineName: (number: string) => string,
  locale?: string,
): readonly FilterChip[] {
  const chips: readonly (FilterChip | null)[] = [
    from && { name: 'from', words: from.name },
    date && { name: 'date', words: dateWords(date, locale) },
    ours === null ? null : { name: 'ours', words: lineName(ours) },
    direction && { name: 'direction', words: nameOf(direction, DIRECTION_OPTIONS) },
    length && { name: 'length', words: nameOf(length, LENGTH_OPTIONS) },
  ];
  return chips.filter(chip => chip !== null);
}

/** `7 days`, `1 Mar – 18 Mar`, `since 1 Mar`. */
function dateWords(date: DateFilter, locale?: string): string {
  if (date.kind !== 'range') return nameOf(date.kind, DATE_OPTIONS);
  const day = (text: string) => {
    const at = midnightOf(text, 0);
    return at === null
      ? ''
      : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at);
  };
  const [from, to] = [day(date.from), day(date.to)];
  if (from === '' && to === '') return 'From day to day';
  if (from === '') return `until ${to}`;
  if (to === '') return `since ${from}`;
  return from === to ? from : `${from} – ${to}`;
}

function nameOf<Value>(value: Value, options: readonly (readonly [Value, string])[]): string {
  return options.find(([option]) => option === value)?.[1] ?? '';
}

/** When calls may have begun; days are those of this computer's time zone. */
function timeOf(
  date: DateFilter,
  now: number,
): { readonly since?: number; readonly until?: number } {
  switch (date.kind) {
    case 'today':
      return { since: dayBegin(now, 0) };
    case 'yesterday':
      return { since: dayBegin(now, -1), until: dayBegin(now, 0) };
    case '7-days':
      return { since: dayBegin(now, -6) };
    case '30-days':
      return { since: dayBegin(now, -29) };
    case 'range': {
      const [since, until] = [midnightOf(date.from, 0), midnightOf(date.to, 1)];
      return { ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) };
    }
  }
}

/** The midnight that a day begins with, so many days from another. Days with a change of the clock are 23 or 25 hours long. */
function dayBegin(at: number, days: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

function midnightOf(text: string, daysAfter: number): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day] = parts;
  return new Date(Number(year), Number(month) - 1, Number(day) + daysAfter).getTime();
}

import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { distance } from 'fastest-levenshtein';
import type { Direction } from '../core/call.ts';
import type { Passage, SearchHit, SearchResult } from '../core/transcript.ts';
import { type EndedRow, endedCall, RECORDED } from './call-rows.ts';
import { searchWords } from './search-words.ts';
import { type SegmentRow, segmentOf } from './segment-store.ts';

/** What is looked for. Filters that are left out let every call through. */
type SearchQuery = {
  readonly query: string;
  readonly number?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly ours?: string | undefined;
  readonly direction?: Direction | undefined;
  readonly atLeastSeconds?: number | undefined;
  readonly atMostSeconds?: number | undefined;
};

/**
 * Looks for words in all that was said on calls that are over, and for names and numbers. It pauses again
 * and again, so that calls go on meanwhile.
 */
export type Search = (query: SearchQuery, limit: number) => Promise<SearchResult>;

/** Passages told of each call. */
const PASSAGES_TOLD = 5;

/** So many of the newest passages are looked through; a word that is said more often tells nobody anything. */
const PASSAGES_LOOKED_AT = 5000;

/** Passages read without a pause: about 10 ms. */
const ROWS_AT_ONCE = 250;

/** Words read without a pause, with how often each is said. */
const TERMS_AT_ONCE = 500;

/** Words of another spelling are offered when they differ in so many letters at most. */
const NEAR_LETTERS = 2;

/** Marks around a word that was found: characters nobody says. */
const [BEGIN, END] = ['\u0002', '\u0003'];

type NamedCall = { readonly id: string; readonly started_at: number };
type FoundRow = SegmentRow & { readonly started_at: number; readonly marked: string };
type Found = { readonly id: string; readonly startedAt: number; readonly rows: FoundRow[] };
type Term = { readonly term: string; readonly count: number };

/** Builds the search over an open database. */
export function createSearch(database: DatabaseSyncInstance): Search {
  /** The filters, as parameters 2 to 8; `calls` is the table they are about. */
  const filters = `calls.ended_at IS NOT NULL
    AND (?2 = '' OR calls.number LIKE '%' || ?2 || '%')
    AND (?3 IS NULL OR calls.started_at >= ?3) AND (?4 IS NULL OR calls.started_at < ?4)
    AND (?5 IS NULL OR calls.ours = ?5) AND (?6 IS NULL OR calls.direction = ?6)
    AND (?7 IS NULL OR coalesce(calls.ended_at - calls.answered_at, 0) >= ?7)
    AND (?8 IS NULL OR coalesce(calls.ended_at - calls.answered_at, 0) <= ?8)`;
  const statements = {
    page: database.prepare(
      `SELECT rowid AS id FROM segment_words WHERE segment_words MATCH ?1 AND rowid < ?2
       ORDER BY rowid DESC LIMIT ${ROWS_AT_ONCE}`,
    ),
    ofPage: database.prepare(
      `SELECT segments.*, calls.started_at,
         highlight(segment_words, 0, '${BEGIN}', '${END}') AS marked FROM segment_words
         JOIN segments ON segments.id = segment_words.rowid JOIN calls ON calls.id = segments.call_id
       WHERE segment_words MATCH ?1 AND segment_words.rowid BETWEEN ?9 AND ?10 - 1 AND ${filters}
       ORDER BY segment_words.rowid DESC`,
    ),
    byName: database.prepare(
      `SELECT calls.id, calls.started_at FROM calls WHERE ${filters}
         AND (?1 = '' OR name LIKE '%' || ?1 || '%' OR (?9 <> '' AND number LIKE '%' || ?9 || '%')
           OR EXISTS (SELECT 1 FROM json_each(others) WHERE value ->> 'name' LIKE '%' || ?1 || '%'
             OR (?9 <> '' AND value ->> 'number' LIKE '%' || ?9 || '%')))`,
    ),
    call: database.prepare(`SELECT *, ${RECORDED} FROM calls WHERE id = ?`),
    terms: database.prepare(
      `SELECT term, doc AS count FROM segment_vocabulary WHERE term > ? LIMIT ${TERMS_AT_ONCE}`,
    ),
    ours: database.prepare('SELECT DISTINCT ours FROM calls WHERE ended_at IS NOT NULL'),
  };

  /** The passages with these words, the newest first, page by page: a statement cannot stay open while others write. */
  async function* byWords(match: string, filter: FilterValues) {
    let before = Number.MAX_SAFE_INTEGER;
    while (database.isOpen) {
      const page = statements.page.all(match, before) as { readonly id: number }[];
      const last = page.at(-1)?.id;
      if (last === undefined) return;
      yield* statements.ofPage.all(match, ...filter, last, before) as FoundRow[];
      before = last;
      await new Promise(setImmediate);
    }
  }

  /** A word that is said and is spelt nearly so; null when the word itself is said, if only on calls that are left out, or nothing is near. */
  const instead = async (words: readonly string[]): Promise<SearchResult['instead']> => {
    const [word, ...others] = words.map(plain);
    if (word === undefined || others.length > 0) return null;
    const most = Math.min(NEAR_LETTERS, word.length / 3);
    const near: (Term & { readonly away: number })[] = [];
    let after = '';
    while (database.isOpen) {
      const terms = statements.terms.all(after) as Term[];
      for (const found of terms) {
        if (found.term.startsWith(word)) return null;
        const isAsLong = Math.abs(found.term.length - word.length) <= most;
        const away = isAsLong ? distance(word, found.term) : Number.POSITIVE_INFINITY;
        if (away <= most) near.push({ ...found, away });
      }
      const last = terms.at(-1);
      if (last === undefined) break;
      after = last.term;
      await new Promise(setImmediate);
    }
    const [best] = near.sort((one, other) => one.away - other.away || other.count - one.count);
    return best === undefined ? null : { words: best.term, passages: best.count };
  };

  return async (asked, limit) => {
    const text = asked.query.trim();
    const { match, words } = searchWords(text);
    const filter = filterValues(asked);
    const calls = new Map<string, Found>();
    let passageCount = 0;
    const rows = match === null ? [] : byWords(match, filter);
    for await (const row of rows) {
      passageCount += 1;
      if (passageCount > PASSAGES_LOOKED_AT) break;
      const { call_id: id, started_at: startedAt } = row;
      const found = calls.get(id) ?? { id, startedAt, rows: [] };
      found.rows.push(row);
      calls.set(id, found);
    }
    const name = text.replace(/[%_"“”„]/g, '');
    // Digits inside a name are part of the name, not of a number.
    const digits = /\p{L}/u.test(name) ? '' : name.replace(/\D/g, '');
    if (text === '' || name !== '') {
      for (const row of statements.byName.all(name, ...filter, digits) as NamedCall[]) {
        const { id, started_at: startedAt } = row;
        if (!calls.has(id)) calls.set(id, { id, startedAt, rows: [] });
      }
    }

    const found = [...calls.values()].sort((a, b) => b.startedAt - a.startedAt);
    const hits = found.slice(0, limit).map(({ id, rows: said }): SearchHit => {
      const first = said.sort((a, b) => a.at - b.at || a.id - b.id).slice(0, PASSAGES_TOLD);
      const call = endedCall(statements.call.get(id) as EndedRow);
      return { call, passages: first.map(passageOf), count: said.length };
    });
    return {
      hits,
      callCount: found.length,
      passageCount: Math.min(passageCount, PASSAGES_LOOKED_AT),
      more: passageCount > PASSAGES_LOOKED_AT,
      instead: found.length === 0 ? await instead(words) : null,
      ours: (statements.ours.all() as { ours: string }[]).map(({ ours }) => ours).sort(),
    };
  };
}

/** A word as the index has it: without case and marks. Source: https://sqlite.org/fts5.html §4.3.1 */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

type FilterValues = readonly (string | number | null)[];

function filterValues(asked: SearchQuery): FilterValues {
  const { number = '', since, until, ours, direction, atLeastSeconds, atMostSeconds } = asked;
  return [
    number.replace(/\D/g, ''),
    since ?? null,
    until ?? null,
    ours ?? null,
    direction ?? null,
    atLeastSeconds === undefined ? null : atLeastSeconds * 1000,
    atMostSeconds === undefined ? null : atMostSeconds * 1000,
  ];
}

function passageOf({ marked, ...row }: FoundRow): Passage {
  const marks: [number, number][] = [];
  let at = 0;
  let from = 0;
  for (const character of marked.split('')) {
    if (character === BEGIN) from = at;
    else if (character === END) marks.push([from, at]);
    else at += 1;
  }
  return { segment: segmentOf(row), marks };
}

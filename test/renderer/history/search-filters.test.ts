import { expect, test } from 'vitest';
import {
  filterChips,
  isFiltered,
  NO_FILTERS,
  type SearchFilters,
  searchCommand,
} from '../../../renderer/history/search-filters.ts';
import { NOW } from '../console-states.ts';

const asked = (change: Partial<SearchFilters>, query = '') =>
  searchCommand(query, { ...NO_FILTERS, ...change }, NOW, 500);
const day = (date: number) => new Date(2026, 2, date).getTime();
const plain = { command: 'search', query: '', limit: 500 };

test('without filters only words are asked for', () => {
  expect(asked({}, ' refund ')).toEqual({ ...plain, query: 'refund' });
});

test('days begin at midnight here', () => {
  expect(asked({ date: { kind: 'today' } })).toEqual({ ...plain, since: day(18) });
  const yesterday = { ...plain, since: day(17), until: day(18) };
  expect(asked({ date: { kind: 'yesterday' } })).toEqual(yesterday);
  expect(asked({ date: { kind: '7-days' } })).toEqual({ ...plain, since: day(12) });
  expect(asked({ date: { kind: '30-days' } })).toEqual({ ...plain, since: day(-11) });
});

test('a range has its last day whole, and may be open', () => {
  const range = (from: string, to: string) => asked({ date: { kind: 'range', from, to } });
  expect(range('2026-03-01', '2026-03-18')).toEqual({ ...plain, since: day(1), until: day(19) });
  expect(range('2026-03-01', '')).toEqual({ ...plain, since: day(1) });
  expect(range('', '')).toEqual(plain);
});

test('a call of a minute is no shorter than one', () => {
  expect(asked({ length: 'under-1' }).atMostSeconds).toBeLessThan(60);
  expect(asked({ length: '1-to-5' })).toEqual({ ...plain, atLeastSeconds: 60, atMostSeconds: 300 });
  expect(asked({ length: 'over-5' }).atLeastSeconds).toBeGreaterThan(300);
  expect(asked({ length: 'over-15' }).atLeastSeconds).toBeGreaterThan(900);
});

test('people, lines and directions are asked for as they are', () => {
  const from = { name: 'Dana Reyes', number: '+14155550177' };
  expect(asked({ from, ours: '+14155550100', direction: 'outbound' })).toEqual({
    ...plain,
    number: '+14155550177',
    ours: '+14155550100',
    direction: 'outbound',
  });
});

test('what is on is told in words', () => {
  const filters: SearchFilters = {
    from: { name: 'Dana Reyes', number: '+14155550177' },
    date: { kind: 'range', from: '2026-03-01', to: '2026-03-18' },
    ours: '+14155550100',
    direction: 'inbound',
    length: '1-to-5',
  };
  expect(isFiltered(filters)).toBe(true);
  expect(isFiltered(NO_FILTERS)).toBe(false);
  expect(filterChips(NO_FILTERS, number => number)).toEqual([]);
  const words = filterChips(filters, () => 'Main', 'en-US').map(chip => chip.words);
  expect(words).toEqual(['Dana Reyes', 'Mar 1 – Mar 18', 'Main', 'Came in', '1–5 min']);
  const of = (from: string, to: string) =>
    filterChips({ ...NO_FILTERS, date: { kind: 'range', from, to } }, number => number, 'en-US');
  expect([
    of('2026-03-01', ''),
    of('', '2026-03-01'),
    of('2026-03-01', '2026-03-01'),
  ]).toMatchObject([[{ words: 'since Mar 1' }], [{ words: 'until Mar 1' }], [{ words: 'Mar 1' }]]);
});

import { describe, expect, it } from 'vitest';
import { searchWords } from '../../electron/store/search-words.ts';

describe('what a person types to find words', () => {
  it.each([
    ['refund', '"refund"*', ['refund']],
    ['want refund', '"want"* AND "refund"*', ['want', 'refund']],
    ['"want a refund" now', '"want a refund" AND "now"*', ['want', 'a', 'refund', 'now']],
    ['“so do I pay', '"so do I pay"', ['so', 'do', 'I', 'pay']],
    ['so-called', '"so called"*', ['so', 'called']],
    ['Grüße İstanbul', '"Grüße"* AND "İstanbul"*', ['Grüße', 'İstanbul']],
  ])('reads %s', (query, match, words) => {
    expect(searchWords(query)).toEqual({ match, words });
  });

  it.each(['', '  ', '"', '*', '- ( ) ^ :'])('finds no word in %s', query => {
    expect(searchWords(query)).toEqual({ match: null, words: [] });
  });
});

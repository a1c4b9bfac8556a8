import { expect, test } from 'vitest';
import { languagesFor, ownName } from '../../../renderer/settings/spoken-languages.ts';

const codes = (text: string, set = 'en-US') =>
  languagesFor(text, set, 'en-US').map(({ value }) => value);

test('a language is written in its own words', () => {
  expect(ownName('de-AT')).toBe('Deutsch (Österreich)');
  expect(ownName('ar-EG')).toBe('العربية (مصر)');
  expect(ownName('he-IL')).toBe('עברית (ישראל)');
  expect(ownName('not a code')).toBe('not a code');
});

test('all are offered, each once and each with a name', () => {
  const all = languagesFor('', 'en-US', 'en-US');
  expect(new Set(all.map(({ value }) => value)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ value, name }) => name === value)).toEqual([]);
});

test('they are found by their own name, their name here and their code, without accents', () => {
  expect(codes('osterreich')).toEqual(['de-AT']);
  expect(codes('German (Sw')).toEqual(['de-CH']);
  expect(codes('العربية (مصر)')).toEqual(['ar-EG']);
  expect(codes('pt-br')).toEqual(['pt-BR']);
  expect(codes('klingon')).toEqual([]);
});

test('what begins so comes first', () => {
  expect(codes('span')[0]).toMatch(/^es-/);
});

test('one that is set but not on the list is offered too', () => {
  expect(codes('cy', 'cy-GB')).toContain('cy-GB');
  expect(codes('').includes('cy-GB')).toBe(false);
});

import { expect, it } from 'vitest';
import { cutWord, finalText, partialText } from '../../electron/practice/recognised-text.ts';

const WORDS = ['so,', 'it', 'was', 'Doctor', 'Lang:', '3.50,', 'then'];
const PLAIN = { isFiltered: false, isPunctuated: true };

it('is small and without punctuation as long as it is not final', () => {
  expect(partialText(WORDS, false)).toBe('so it was doctor lang 3.50 then');
});

it('is written as it is spelt in the end, with a capital letter', () => {
  expect(finalText(WORDS, PLAIN)).toBe('So, it was Doctor Lang: 3.50, then');
  expect(finalText(['And', 'then,'], PLAIN)).toBe('And then');
  expect(finalText(WORDS, { ...PLAIN, isPunctuated: false })).toBe(
    'so it was Doctor Lang 3.50 then',
  );
});

it('has all letters but the first blotted out of a curse', () => {
  expect(finalText(['Oh', 'shit!'], { ...PLAIN, isFiltered: true })).toBe('Oh s***!');
  expect(partialText(['oh', 'shit!'], true)).toBe('oh s***');
  expect(finalText(['Oh', 'shit!'], PLAIN)).toBe('Oh shit!');
});

it('is a beginning of a word that was not heard to its end', () => {
  expect(cutWord('parcel,')).toBe('parc');
  expect(cutWord('4111')).toBe('411');
});

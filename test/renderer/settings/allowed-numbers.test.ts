import { expect, test } from 'vitest';
import { addNumber } from '../../../renderer/settings/allowed-numbers.ts';

const words = (list: readonly string[], text: string) => {
  const added = addNumber(list, text);
  return added.ok ? '' : added.words;
};

test('a number is added in any writing', () => {
  expect(addNumber(['+14155550100'], '(415) 555-0177')).toEqual({
    ok: true,
    number: '+14155550177',
    list: ['+14155550100', '+14155550177'],
  });
});

test('what cannot be added says why', () => {
  expect(words([], ' ')).toBe('Enter a number.');
  expect(words([], '415')).toContain('415 ');
  expect(words(['+14155550177'], '415 555 0177')).toBe('This number is on the list.');
  const full = Array.from({ length: 1000 }, (_, index) => `+1415555${1000 + index}`);
  expect(words(full, '+442079460121')).toBe('The list is full: 1000 numbers.');
});

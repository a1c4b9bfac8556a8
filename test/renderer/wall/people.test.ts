import { expect, test } from 'vitest';
import { betweenWords, namesOf, pastWords } from '../../../renderer/wall/people.ts';
import { DANA, endedCall, SAM } from '../console-states.ts';
import { accountCall, leg, MARIA } from './calls-of-others.ts';

test('a call with legs is named by who talks with whom', () => {
  expect(betweenWords(accountCall())).toBe('Dana ↔ Maria');
  expect(betweenWords(accountCall({ legs: [leg(DANA)] }))).toBe('Dana Reyes');
  expect(betweenWords(accountCall({ legs: [] }))).toBe('Nobody known yet');
});

test('a call that is over keeps the names of those who took part', () => {
  expect(pastWords(endedCall())).toBe('Dana Reyes');
  expect(pastWords(endedCall({ others: [MARIA] }))).toBe('Dana Reyes, Maria');
  const supervised = endedCall({ kind: 'supervised', others: [MARIA] });
  expect(pastWords(supervised)).toBe('Dana ↔ Maria');
  expect(pastWords(supervised, true)).toBe(`Dana Reyes ↔ ${MARIA.name}`);
});

test('people in a sentence', () => {
  expect(namesOf([DANA, SAM])).toBe('Dana and Sam');
  expect(namesOf([])).toBe('');
});

import { expect, test } from 'vitest';
import { peopleFor } from '../../../renderer/history/known-people.ts';
import { DANA, SAM, UNKNOWN } from '../console-states.ts';

const client = { number: 'client:maria', name: 'Maria' };
const all = [{ ...DANA, name: null }, UNKNOWN, SAM, DANA, client, DANA];
const values = (text: string) => peopleFor(text, all).map(({ value }) => value);

test('everybody with a number is offered once, by the name an earlier call told', () => {
  expect(peopleFor('', all)).toEqual([
    { value: DANA.number, name: 'Dana Reyes', detail: '+1 415 555 0177' },
    { value: UNKNOWN.number, name: '+1 415 555 0190' },
    { value: SAM.number, name: 'Sam Ortiz', detail: '+1 415 555 0142' },
  ]);
});

test('people are found by a part of their name or number, however that is written', () => {
  expect(values('ortiz')).toEqual([SAM.number]);
  expect(values('(415) 555-0142')).toEqual([SAM.number, '4155550142']);
  expect(values('+1 415 555 0142')).toEqual([SAM.number]);
  expect(values('maria')).toEqual([]);
});

test('digits that nobody has are offered as they are', () => {
  expect(peopleFor('999 0', all)).toEqual([
    { value: '9990', name: '999 0', detail: 'any number with this' },
  ]);
  expect(values('99')).toEqual([]);
});

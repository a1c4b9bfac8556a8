import { expect, test } from 'vitest';
import { findPeople } from '../../../renderer/supervision/find-person.ts';
import { endedCall, SAM } from '../console-states.ts';

const SOURCE = {
  directory: [{ number: SAM.number, name: 'Sam Ortiz', about: 'Answers.' }],
  history: [endedCall()],
};

test('a whole number comes first, unless it is somebody known', () => {
  expect(findPeople('415 555 0121', SOURCE)[0]).toMatchObject({ to: '+14155550121' });
  expect(findPeople('415 555 0142', SOURCE)).toEqual([
    { to: SAM.number, name: 'Sam Ortiz', detail: '+1 415 555 0142' },
  ]);
});

test('a name finds people of the directory and of past calls', () => {
  expect(findPeople('sam', SOURCE).map(({ to }) => to)).toEqual([SAM.number]);
  expect(findPeople('dana', SOURCE).map(({ name }) => name)).toEqual(['Dana Reyes']);
  expect(findPeople('nobody', SOURCE)).toEqual([]);
});

test('clients and SIP addresses are taken as they are', () => {
  expect(findPeople('client:eva', SOURCE)).toEqual([
    { to: 'client:eva', name: 'client:eva', detail: '' },
  ]);
  expect(findPeople('sip:eva@example.com', SOURCE)[0]?.to).toBe('sip:eva@example.com');
  expect(findPeople('sips:eva@example.com', SOURCE)).toEqual([]);
});

test('who is on the call already is not offered', () => {
  expect(findPeople('sam', SOURCE, new Set([SAM.number]))).toEqual([]);
});

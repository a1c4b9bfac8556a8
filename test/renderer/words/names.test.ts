import { expect, test } from 'vitest';
import { fullName, shortName } from '../../../renderer/words/names.ts';
import { DANA, SAM, UNKNOWN } from '../console-states.ts';

test('people go by their first name', () => {
  expect(shortName(DANA, [SAM])).toBe('Dana');
  expect(fullName(DANA)).toBe('Dana Reyes');
});

test('an initial tells two of the same name apart', () => {
  expect(shortName(DANA, [{ number: '+1', name: 'Dana Okafor' }])).toBe('Dana R');
  expect(shortName({ number: '+2', name: 'Dana' }, [DANA])).toBe('Dana');
});

test('nobody is a role: without a name the number stands', () => {
  expect(shortName(UNKNOWN)).toBe('…0190');
  expect(fullName(UNKNOWN)).toBe('+1 415 555 0190');
  expect(shortName({ number: 'anonymous', name: null })).toBe('Hidden number');
});

import { expect, test } from 'vitest';
import { panWords } from '../../../renderer/calls/pan-words.ts';

test('a place between left and right is said in words', () => {
  expect([-1, -0.4, -0.001, 0, 0.4, 1].map(panWords)).toEqual([
    'left',
    '40 % left',
    'middle',
    'middle',
    '40 % right',
    'right',
  ]);
});

import { expect, test } from 'vitest';
import { longestCallOptions } from '../../../renderer/settings/call-options.ts';

test('the longest call is chosen from a few, and from what is set already', () => {
  const values = (set: number | null) => longestCallOptions(set).map(([value]) => value);
  expect(values(null)).toEqual(['none', '5', '10', '15', '30', '60', '120', '240']);
  expect(values(45)).toContain('45');
  expect(longestCallOptions(null).at(-1)).toEqual(['240', '4 h']);
});

import { expect, test } from 'vitest';
import type { Attention } from '../../../electron/core/attention.ts';
import { foremostAttention, shortAttention } from '../../../renderer/words/attention-words.ts';
import { NOW } from '../console-states.ts';

const noticed = (kind: Attention['kind'], ago: number, label = ''): Attention => ({
  kind,
  since: NOW - ago,
  label,
  toFront: false,
});

test('what was noticed is said in a few words, and what lasts counts', () => {
  expect(shortAttention(noticed('watch-word', 5000, 'refund'), NOW)).toBe('said “refund”');
  expect(shortAttention(noticed('dead-air', 22_400), NOW)).toBe('no speech 22 s');
  expect(shortAttention(noticed('over-talk', 7000), NOW)).toBe('both talk');
  expect(shortAttention(noticed('long-hold', 192_000), NOW)).toBe('on hold 3:12');
});

test('what was said comes before what only lasts, and the newest before what is older', () => {
  const refund = noticed('watch-word', 9000, 'refund');
  expect(foremostAttention([])).toBeNull();
  expect(foremostAttention([refund, noticed('dead-air', 1000)])).toBe(refund);
  const hold = noticed('long-hold', 1000);
  expect(foremostAttention([noticed('dead-air', 4000), hold])).toBe(hold);
});

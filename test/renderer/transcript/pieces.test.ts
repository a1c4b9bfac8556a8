import { expect, test } from 'vitest';
import { withPieces } from '../../../renderer/transcript/pieces.ts';
import { placedSegment } from '../console-states.ts';

test('a later piece takes the place of the earlier, told when it was told first', () => {
  const first = placedSegment('a', 0, { text: 'I nev', isFinal: false, at: 10 });
  const later = placedSegment('a', 0, { text: 'I never got it.', at: 20 });
  expect(withPieces([first], [later])).toEqual([{ ...later, at: 10 }]);
});

test('a final piece never changes back', () => {
  const known = [placedSegment('a', 0)];
  const news = [placedSegment('a', 0, { text: 'I nev', isFinal: false })];
  expect(withPieces(known, news)).toBe(known);
});

test('a final piece that is corrected, or finds its place, is changed', () => {
  const known = [placedSegment('a', 0, { place: null })];
  expect(withPieces(known, [placedSegment('a', 2000)])[0]?.place?.atMs).toBe(2000);
});

test('what is no news changes nothing', () => {
  const known = [placedSegment('a', 0), placedSegment('b', 5000)];
  expect(withPieces(known, [placedSegment('b', 5000)])).toBe(known);
});

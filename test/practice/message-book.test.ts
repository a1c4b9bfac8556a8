import { expect, it } from 'vitest';
import { MessageBook, segmentsOf } from '../../electron/practice/message-book.ts';

it('counts the segments of plain and of other texts', () => {
  expect(segmentsOf('x'.repeat(160))).toBe(1);
  expect(segmentsOf('x'.repeat(161))).toBe(2);
  expect(segmentsOf('x'.repeat(307))).toBe(3);
  expect(segmentsOf('€'.repeat(81))).toBe(2);
  expect(segmentsOf('ж'.repeat(70))).toBe(1);
  expect(segmentsOf('ж'.repeat(71))).toBe(2);
});

it('knows who wants no more messages', () => {
  const book = new MessageBook();
  book.noteWish('+1', 'stop the car');
  expect(book.hasOptedOut('+1')).toBe(false);
  book.noteWish('+1', 'STOP');
  expect(book.hasOptedOut('+1')).toBe(true);
  book.noteWish('+1', 'unstop');
  expect(book.hasOptedOut('+1')).toBe(false);
});

import { expect, test } from 'vitest';
import type { Passage } from '../../../electron/core/transcript.ts';
import { passageParts, passagesShown, soughtIn } from '../../../renderer/history/passage-words.ts';
import { placedSegment } from '../console-states.ts';

function passage(text: string, ...words: readonly string[]): Passage {
  const marks = words.map(word => {
    const from = text.indexOf(word);
    return [from, from + word.length] as const;
  });
  return { segment: placedSegment('s1', 0, { text }), marks };
}

const written = (found: Passage) => {
  const { before, rest } = passageParts(found);
  return writtenAs([...before, ...rest]);
};

const writtenAs = (fragments: ReturnType<typeof passageParts>['rest']) =>
  fragments
    .map(
      ({ text, found: mark, masked }) => (mark === 'no' ? text : `[${text}]`) + (masked ? '~' : ''),
    )
    .join('');

test('a passage is cut before what was found, at a word', () => {
  const text = 'Well, I have called three times now and I want a refund for the second parcel.';
  expect(written(passage(text, 'refund'))).toBe('…I want a [refund] for the second parcel.');
  expect(written(passage('I want a refund.', 'refund'))).toBe('I want a [refund].');
});

test('all words that were found are marked, and what is not kept stays hidden', () => {
  const text = 'The refund goes to card •••• 4242, a refund in full.';
  expect(written(passage(text, 'refund', 'full'))).toBe(
    'The [refund] goes to card ••••~ 4242, a refund in [full].',
  );
});

test('it is in two parts, so that a narrow list can leave out what stands before', () => {
  const { before, rest } = passageParts(
    passage('Please find out who signed for it.', 'who', 'signed'),
  );
  expect(writtenAs(before)).toBe('…find out ');
  expect(writtenAs(rest)).toBe('[who] [signed] for it.');
  expect(passageParts(passage('Who signed?', 'Who')).before).toEqual([]);
});

test('a long passage ends', () => {
  const words = written(passage(`refund ${'and so on '.repeat(60)}`, 'refund'));
  expect(words.endsWith('…')).toBe(true);
  expect(words.length).toBeLessThan(240);
});

test('the transcript looks for what was typed where it was said so, else for what was said', () => {
  const found = passage('They refunded the order.', 'refunded');
  expect(soughtIn(found, 'refunded the')).toBe('refunded the');
  expect(soughtIn(found, '"refunded the"')).toBe('refunded the');
  expect(soughtIn(found, 'refunding')).toBe('refunded');
});

test('two passages are in sight until the others are asked for', () => {
  const all = Array.from({ length: 5 }, () => passage('refund', 'refund'));
  expect(passagesShown(all, 9, false)).toMatchObject({ shown: { length: 2 }, more: 7 });
  expect(passagesShown(all, 9, true)).toMatchObject({ shown: { length: 5 }, more: 4 });
  expect(passagesShown(all.slice(0, 1), 1, false)).toMatchObject({ more: 0 });
});

import { expect, it, test } from 'vitest';
import { NO_UPDATES, UPDATE_CHOICES, type Updates } from '../../../electron/core/updates.ts';
import {
  checkedWords,
  UPDATE_OPTIONS,
  updateSentence,
} from '../../../renderer/words/update-words.ts';
import { NOW } from '../console-states.ts';

const updates = (change: Partial<Updates>): Updates => ({ ...NO_UPDATES, ...change });
const newer = (change: Partial<Updates>): Updates => updates({ version: '1.1.0', ...change });

test('every choice about updates has a name', () => {
  expect(UPDATE_OPTIONS.map(([value]) => value)).toEqual([...UPDATE_CHOICES]);
});

it.each([
  [updates({}), 'Nothing looks for newer versions of this copy: it was not made to be installed.'],
  [updates({ status: 'none' }), 'Newer versions are looked for in the background.'],
  [updates({ status: 'none', checkedAt: NOW }), 'This is the newest version.'],
  [updates({ status: 'checking' }), 'Looking for a newer version…'],
  [newer({ status: 'available' }), 'Version 1.1.0 is there.'],
  [newer({ status: 'downloading' }), 'Version 1.1.0 is being fetched.'],
  [
    newer({ status: 'downloading', doneBytes: 419, totalBytes: 1000 }),
    'Version 1.1.0 is being fetched: 41 %.',
  ],
  [newer({ status: 'ready' }), 'Version 1.1.0 is ready. It is installed when you quit.'],
  [
    updates({ status: 'by-hand' }),
    'This copy does not replace itself: newer versions are only told here.',
  ],
  [
    newer({ status: 'by-hand' }),
    'Version 1.1.0 is there. Fetch it by hand: this copy does not replace itself.',
  ],
  [
    updates({
      status: 'failed',
      problem: { kind: 'update-failed', message: 'It failed.', remedy: 'Check again.' },
    }),
    'It failed. Check again.',
  ],
])('says how far an update is: %o', (known, words) => {
  expect(updateSentence(known, 'stable', false)).toBe(words);
});

it('says what waits for a call to end', () => {
  expect(updateSentence(newer({ status: 'available' }), 'beta', true)).toBe(
    'Version 1.1.0 is there. It is fetched once no call stands.',
  );
  expect(updateSentence(newer({ status: 'ready' }), 'beta', true)).toContain('once no call stands');
});

it('says nothing but that they are off when they are', () => {
  expect(updateSentence(newer({ status: 'ready' }), 'off', false)).toBe(
    'Off. No server is asked for newer versions.',
  );
});

it('says when it was last looked', () => {
  expect(checkedWords(updates({}), NOW)).toBe('');
  expect(checkedWords(updates({ checkedAt: NOW - 5000 }), NOW)).toBe('Last checked just now.');
  expect(checkedWords(updates({ checkedAt: NOW - 720_000 }), NOW)).toBe('Last checked 12 min ago.');
  expect(checkedWords(updates({ checkedAt: NOW - 86_400_000 }), NOW)).toBe(
    'Last checked: Yesterday.',
  );
});

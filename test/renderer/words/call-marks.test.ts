import { expect, test } from 'vitest';
import { callMarks } from '../../../renderer/words/call-marks.ts';
import { liveCall, messageCall, wordsCall } from '../console-states.ts';

test('a plain call has no marks', () => {
  expect(callMarks(liveCall())).toEqual([]);
  expect(callMarks(liveCall({ answeredBy: 'unknown' }))).toEqual([]);
});

test('a call says that it only speaks a message, goes in words, or was taken by a machine', () => {
  expect(callMarks(messageCall({ answeredBy: 'machine' }))).toEqual([
    'Message call',
    'Answered by a machine',
  ]);
  expect(callMarks(wordsCall())).toEqual(['Words only']);
});

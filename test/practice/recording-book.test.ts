import { expect, it } from 'vitest';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import { Recording } from '../../electron/practice/recording.ts';
import { RecordingBook } from '../../electron/practice/recording-book.ts';

function recording(seconds: number): Recording {
  const one = new Recording({
    callSid: 'CA1',
    source: 'RecordVerb',
    channels: 1,
    at: 0,
    urlOf: sid => `http://127.0.0.1/${sid}`,
  });
  for (let frame = 0; frame < seconds * 50; frame += 1) one.add(SILENCE, SILENCE);
  one.finish(1);
  return one;
}

it('keeps the sound of the latest two hours', () => {
  const book = new RecordingBook();
  const [first, second, third] = [recording(3600), recording(3000), recording(2000)];
  for (const one of [first, second, third]) book.add(one);
  expect([first, second, third].map(one => one.hasSound)).toEqual([false, true, true]);
  expect(book.list().map(one => one.durationSeconds)).toEqual([2000, 3000, 3600]);
  book.remove(second);
  expect(book.get(second.sid)).toBeUndefined();
});

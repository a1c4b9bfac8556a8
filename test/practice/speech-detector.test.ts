import { expect, it } from 'vitest';
import { framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { SpeechDetector } from '../../electron/practice/speech-detector.ts';
import { sine } from '../support/tones.ts';

const loud = framesOf(sine(400, 20))[0] ?? SILENCE;

function found(frames: readonly Int16Array[]): (string | number)[][] {
  const detector = new SpeechDetector();
  return frames.flatMap((frame, at) => {
    const change = detector.next(frame);
    return change === undefined ? [] : [[change, at]];
  });
}

function times(count: number, frame: Int16Array): Int16Array[] {
  return Array.from({ length: count }, () => frame);
}

it('finds speech after 60 ms and its end after half a second', () => {
  expect(found([...times(10, loud), ...times(40, SILENCE), ...times(5, loud)])).toEqual([
    ['start', 2],
    ['stop', 34],
    ['start', 52],
  ]);
});

it('takes neither a click for speech nor a short pause for its end', () => {
  expect(found([loud, loud, ...times(10, SILENCE)])).toEqual([]);
  expect(found([...times(5, loud), ...times(20, SILENCE), ...times(5, loud)])).toEqual([
    ['start', 2],
  ]);
});

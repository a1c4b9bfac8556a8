import { expect, it } from 'vitest';
import { FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { mixed } from '../../electron/practice/conference-mix.ts';
import { spokenFrames, withWordsOf, wordsIn } from '../../electron/practice/frame-words.ts';
import { tone } from '../../electron/practice/tone.ts';

const SOUND = tone([400], 50);

it('are known frame by frame, the last one filled up', () => {
  const frames = [...spokenFrames(SOUND, 'Yes')];
  expect(frames.map(frame => frame.length)).toEqual([FRAME_SAMPLES, FRAME_SAMPLES, FRAME_SAMPLES]);
  expect(frames.flatMap(wordsIn).map(({ atMs }) => atMs)).toEqual([0, 20, 40]);
  expect(new Set(frames.flatMap(wordsIn).map(({ saying }) => saying)).size).toBe(1);
});

it('are another saying each time', () => {
  const [one, other] = [[...spokenFrames(SOUND, 'Yes')][0], [...spokenFrames(SOUND, 'Yes')][0]];
  expect(wordsIn(one ?? SILENCE)[0]?.saying).not.toBe(wordsIn(other ?? SILENCE)[0]?.saying);
});

it('go into a mix of voices, and never into silence', () => {
  const [one = SILENCE] = spokenFrames(SOUND, 'Yes');
  const [other = SILENCE] = spokenFrames(SOUND, 'No');
  const texts = wordsIn(mixed([one, SILENCE, other])).map(({ saying }) => saying.words[0]?.text);
  expect(texts).toEqual(['Yes', 'No']);
  withWordsOf(SILENCE, [one]);
  expect(wordsIn(SILENCE)).toEqual([]);
});

it('are not in a sound that nobody says', () => {
  expect([...spokenFrames(SOUND)].flatMap(wordsIn)).toEqual([]);
});

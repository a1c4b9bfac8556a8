import { expect, test } from 'vitest';
import { createUnheardTalk, SPEECH_LEVEL } from '../../../renderer/reach/talking-unheard.ts';

const STEP_MS = 40;

function talk(
  level: number,
  closed: boolean,
  from: number,
  until: number,
  unheard = createUnheardTalk(),
) {
  let hinted = false;
  for (let at = from; at <= until; at += STEP_MS) hinted = unheard.notice(level, closed, at);
  return { hinted, unheard };
}

test('600 ms of speech into a closed microphone is told', () => {
  expect(talk(SPEECH_LEVEL, true, 0, 560).hinted).toBe(false);
  expect(talk(SPEECH_LEVEL, true, 0, 600).hinted).toBe(true);
});

test('speech that gets out is not', () => {
  expect(talk(255, false, 0, 2000).hinted).toBe(false);
});

test('noise is not', () => {
  expect(talk(SPEECH_LEVEL - 1, true, 0, 2000).hinted).toBe(false);
});

test('a short pause between words does not start over, a long one does', () => {
  const { unheard } = talk(255, true, 0, 400);
  talk(0, true, 440, 560, unheard);
  expect(unheard.notice(255, true, 600)).toBe(true);
  const again = talk(255, true, 0, 400).unheard;
  talk(0, true, 440, 1000, again);
  expect(again.notice(255, true, 1040)).toBe(false);
});

test('it is told once in 10 s', () => {
  const { unheard } = talk(255, true, 0, 600);
  expect(talk(255, true, 640, 4560, unheard).hinted).toBe(true);
  expect(talk(255, true, 4600, 10_520, unheard).hinted).toBe(false);
  expect(talk(255, true, 10_560, 10_600, unheard).hinted).toBe(true);
});

test('opening the microphone takes the hint away', () => {
  const { unheard } = talk(255, true, 0, 600);
  expect(unheard.notice(255, false, 640)).toBe(false);
  expect(unheard.notice(0, true, 680)).toBe(false);
});

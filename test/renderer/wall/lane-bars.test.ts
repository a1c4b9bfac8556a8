import { expect, test } from 'vitest';
import { createLaneBars } from '../../../renderer/wall/lane-bars.ts';
import { eachBar } from '../../../renderer/waveform/waveform-geometry.ts';

const SIZE = { width: 240, height: 40, pitch: 3 };
const speech = (frame: number) => (frame < 0 ? 0 : 60 + ((frame * 37) % 160));

type Bar = { readonly x: number; readonly height: number; readonly speech: boolean };

function bars(lane: ReturnType<typeof createLaneBars>, head: number, end: number): readonly Bar[] {
  const drawn: Bar[] = [];
  lane(head, end, SIZE, (x, _y, height, loud) => drawn.push({ x, height, speech: loud }));
  return drawn;
}

test('the bars stand where those of a large lane would', () => {
  const lane = createLaneBars(speech);
  for (const head of [900, 903.5, 1200]) {
    const expected: Bar[] = [];
    eachBar(speech, head, SIZE, bar =>
      expected.push({ x: bar.x, height: bar.height, speech: bar.speech }),
    );
    const drawn = bars(lane, head, 1300);
    expect(drawn).toHaveLength(expected.length);
    for (const [index, bar] of drawn.entries()) {
      expect(bar.x).toBeCloseTo(expected[index]?.x ?? 0);
      expect(bar.height).toBeCloseTo(expected[index]?.height ?? 0, 3);
      expect(bar.speech).toBe(expected[index]?.speech);
    }
  }
});

test('a bar is measured once when all its frames are here', () => {
  let asked = 0;
  const lane = createLaneBars(frame => {
    asked += 1;
    return speech(frame);
  });
  bars(lane, 900, 905);
  const first = asked;
  bars(lane, 900.5, 905);
  expect(asked - first).toBeLessThan(first / 10);
});

test('a bar that was not whole grows with its frames', () => {
  let level = 60;
  const lane = createLaneBars(() => level);
  const [before] = bars(lane, 901, 901);
  level = 200;
  const [after] = bars(lane, 901, 903);
  expect(after?.height).toBeGreaterThan(before?.height ?? 0);
});

test('a new stream of the same call is measured anew', () => {
  let level = 60;
  const lane = createLaneBars(() => level);
  bars(lane, 900, 900);
  level = 200;
  expect(bars(lane, 90, 90).every(bar => bar.speech)).toBe(true);
});

import { expect, test } from 'vitest';
import { eachStripBar, type StripBar } from '../../../renderer/waveform/strip-bars.ts';
import { SPEECH_BAR_LEVEL } from '../../../renderer/waveform/waveform-geometry.ts';

const SIZE = { width: 300, height: 60, pitch: 3 };

function bars(peak: (from: number, to: number) => number, fromMs: number, toMs: number) {
  const drawn: StripBar[] = [];
  eachStripBar(peak, { fromMs, toMs }, SIZE, bar => drawn.push(bar));
  return drawn;
}

test('the bars fill a strip from edge to edge', () => {
  const drawn = bars(() => 200, 0, 200_000);
  expect(drawn).toHaveLength(100);
  expect(drawn[0]?.x).toBe(0);
  expect(drawn.at(-1)?.x).toBe(297);
});

test('a bar is as high as the loudest of its frames, and says whether that was speech', () => {
  const asked: (readonly [number, number])[] = [];
  const [first, second] = bars(
    (from, to) => {
      asked.push([from, to]);
      return from === 0 ? SPEECH_BAR_LEVEL : SPEECH_BAR_LEVEL - 1;
    },
    0,
    200_000,
  );
  expect(asked[0]).toEqual([0, 100]);
  expect(asked[1]).toEqual([100, 200]);
  expect([first?.speech, second?.speech]).toEqual([true, false]);
});

test('bars keep their frames while the strip moves', () => {
  const level = (from: number) => (from * 7) % 256;
  const before = bars(level, 60_000, 75_000);
  const after = bars(level, 60_040, 75_040);
  expect(after[1]?.height).toBe(before[1]?.height);
  expect(after[1]?.x).toBeLessThan(before[1]?.x ?? 0);
});

test('what is not known is not drawn as silence', () => {
  expect(bars(from => (from < 100 ? 200 : -1), 0, 200_000)).toHaveLength(1);
});

test('nothing is drawn before the call began', () => {
  for (const { x } of bars(() => 100, -7500, 7500)) expect(x).toBeGreaterThanOrEqual(149);
});

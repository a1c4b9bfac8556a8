import { describe, expect, test } from 'vitest';
import {
  momentAt,
  overviewOf,
  ticksOf,
  viewAround,
  xOf,
  zoomSteps,
} from '../../../renderer/waveform/strip-view.ts';

const MINUTE = 60_000;

describe('the overview of a live call', () => {
  test('keeps its scale while the call grows into it', () => {
    expect(overviewOf(0)).toEqual({ fromMs: 0, toMs: MINUTE });
    expect(overviewOf(59_000)).toEqual({ fromMs: 0, toMs: MINUTE });
    expect(overviewOf(61_000)).toEqual({ fromMs: 0, toMs: 2 * MINUTE });
    expect(overviewOf(21 * MINUTE)).toEqual({ fromMs: 0, toMs: 30 * MINUTE });
  });

  test('shows the last half hour of a longer one', () => {
    expect(overviewOf(45 * MINUTE)).toEqual({ fromMs: 15 * MINUTE, toMs: 45 * MINUTE });
  });
});

test('a recording is looked at whole, then 2 minutes, then 15 seconds, as far as it is longer', () => {
  expect(zoomSteps(362_000)).toEqual([362_000, 120_000, 15_000, 5000]);
  expect(zoomSteps(40_000)).toEqual([40_000, 15_000, 5000]);
  expect(zoomSteps(4000)).toEqual([4000]);
});

describe('a closer view', () => {
  test('has the playhead in its middle', () => {
    expect(viewAround(60_000, 15_000, 300_000)).toEqual({ fromMs: 52_500, toMs: 67_500 });
  });

  test('stops at both ends', () => {
    expect(viewAround(1000, 15_000, 300_000)).toEqual({ fromMs: 0, toMs: 15_000 });
    expect(viewAround(299_000, 15_000, 300_000)).toEqual({ fromMs: 285_000, toMs: 300_000 });
  });

  test('is never wider than the call', () => {
    expect(viewAround(1000, 15_000, 9000)).toEqual({ fromMs: 0, toMs: 9000 });
    expect(viewAround(0, 0, 0)).toEqual({ fromMs: 0, toMs: 1 });
  });
});

test('a place and a moment lead to each other, within what is shown', () => {
  const view = { fromMs: 10_000, toMs: 20_000 };
  expect(xOf(15_000, view, 400)).toBe(200);
  expect(momentAt(200, view, 400)).toBe(15_000);
  expect(momentAt(-30, view, 400)).toBe(10_000);
  expect(momentAt(900, view, 400)).toBe(20_000);
});

test('round times stand far enough apart to be read', () => {
  expect(ticksOf({ fromMs: 0, toMs: 362_000 }, 446)).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map(minutes => minutes * MINUTE),
  );
  expect(ticksOf({ fromMs: 52_500, toMs: 67_500 }, 446)).toEqual([55_000, 60_000, 65_000]);
  const day = ticksOf({ fromMs: 0, toMs: 24 * 60 * MINUTE }, 446);
  expect(day.length).toBeLessThan(8);
});

import { describe, expect, test } from 'vitest';
import {
  advanceHead,
  type Bar,
  barHeight,
  eachBar,
  framesPerBar,
  type LaneSize,
  laneView,
  SPEECH_BAR_LEVEL,
} from '../../../renderer/waveform/waveform-geometry.ts';

const LANE: LaneSize = { width: 500, height: 60, pitch: 4 };

function barsOf(levelOf: (frame: number) => number, head: number, size = LANE): Bar[] {
  const bars: Bar[] = [];
  eachBar(levelOf, head, size, bar => bars.push(bar));
  return bars;
}

describe('the bars of a lane', () => {
  test('show about 15 s whatever the width', () => {
    for (const width of [120, 236, 440, 500, 1000]) {
      const seconds = ((width / 4) * framesPerBar({ ...LANE, width }) * 20) / 1000;
      expect(seconds).toBeGreaterThan(12);
      expect(seconds).toBeLessThan(18);
    }
  });

  test('end at the right edge with the newest frames', () => {
    const frames = framesPerBar(LANE);
    const [newest] = barsOf(() => 200, frames * 200);
    expect(newest?.x).toBe(500 - LANE.pitch);
  });

  test('stay within the lane but for one on its way out', () => {
    for (const { x, y, height } of barsOf(() => 255, 5003)) {
      expect(x).toBeGreaterThan(-2 * LANE.pitch);
      expect(x).toBeLessThanOrEqual(500);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(60);
    }
  });

  test('begin at the right when a call has only begun', () => {
    const bars = barsOf(() => 200, 12);
    expect(bars).toHaveLength(12 / framesPerBar(LANE));
    expect(Math.min(...bars.map(bar => bar.x))).toBeGreaterThan(480);
  });

  test('move without changing their height', () => {
    const levelOf = (frame: number) => (frame * 37) % 256;
    const before = barsOf(levelOf, 600);
    const after = barsOf(levelOf, 603);
    expect(after[1]?.height).toBe(before[0]?.height);
    expect(after[1]?.x).toBeLessThan(before[0]?.x ?? 0);
  });

  test('tell speech from silence, by the loudest frame', () => {
    const [quiet] = barsOf(() => SPEECH_BAR_LEVEL - 1, 600);
    const [loud] = barsOf(frame => (frame === 598 ? SPEECH_BAR_LEVEL : 0), 600);
    expect(quiet?.speech).toBe(false);
    expect(loud?.speech).toBe(true);
    expect(loud?.height).toBeGreaterThan(2);
  });

  test('there are none before the first frame', () => {
    expect(barsOf(() => 0, 0)).toEqual([]);
  });
});

test('a bar is never quite nothing and never taller than its lane', () => {
  expect(barHeight(0, 60)).toBe(2);
  expect(barHeight(255, 60)).toBe(58);
  expect(barHeight(200, 60)).toBeGreaterThan(barHeight(120, 60));
});

test('a lane shows the time up to its right edge', () => {
  const { fromMs, toMs } = laneView(1500, LANE);
  expect(toMs).toBe(30_000);
  expect(toMs - fromMs).toBe((500 / 4) * framesPerBar(LANE) * 20);
});

describe('the right edge', () => {
  test('glides with batches of frames at an even pace', () => {
    let head = 97;
    let end = 100;
    const steps: number[] = [];
    for (let tick = 0; tick < 120; tick += 1) {
      if (tick % 2 === 0) end += 5 / 3;
      const next = advanceHead(head, end, 1000 / 60);
      steps.push(next - head);
      head = next;
    }
    expect(Math.max(...steps.slice(30)) - Math.min(...steps.slice(30))).toBeLessThan(0.3);
    expect(end - head).toBeLessThan(6);
  });

  test('never shows what is not here yet', () => {
    expect(advanceHead(100, 100, 1000)).toBe(100);
  });

  test('jumps when it is far off', () => {
    expect(advanceHead(0, 900, 16)).toBe(900);
    expect(advanceHead(900, 2, 16)).toBe(2);
  });
});

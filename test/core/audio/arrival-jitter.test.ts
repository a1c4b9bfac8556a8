import { describe, expect, it } from 'vitest';
import { ArrivalJitter } from '../../../electron/core/audio/arrival-jitter.ts';

/** Frames sent every 20 ms from `fromFrame` on, each so much later than the path of 30 ms. */
function note(
  jitter: ArrivalJitter,
  fromFrame: number,
  frames: number,
  lateMs: (i: number) => number,
): void {
  for (let i = fromFrame; i < fromFrame + frames; i += 1) {
    const endMs = (i + 1) * 20;
    jitter.note(endMs + 30 + lateMs(i), endMs);
  }
}

describe('the jitter of arrival', () => {
  it('is nothing when all come alike, however long the path', () => {
    const jitter = new ArrivalJitter();
    note(jitter, 0, 500, () => 0);
    expect(jitter.worstMs).toBe(0);
    expect(jitter.fastestMs).toBe(30);
    expect(jitter.p95Ms).toBeLessThanOrEqual(2);
  });

  it('tells the worst at once, and 95 % of all', () => {
    const jitter = new ArrivalJitter();
    note(jitter, 0, 500, i => i % 50);
    expect(jitter.worstMs).toBe(49);
    expect(jitter.p95Ms).toBeGreaterThan(44);
    expect(jitter.p95Ms).toBeLessThan(50);
  });

  it('remembers a late one for 10 to 12 s', () => {
    const jitter = new ArrivalJitter();
    note(jitter, 0, 50, () => 0);
    note(jitter, 50, 1, () => 90);
    note(jitter, 51, 450, () => 0);
    expect(jitter.worstMs).toBe(90);
    note(jitter, 501, 200, () => 0);
    expect(jitter.worstMs).toBe(0);
  });

  it('takes a path that grew longer for the usual one within 4 s', () => {
    const jitter = new ArrivalJitter();
    note(jitter, 0, 100, () => 0);
    note(jitter, 100, 250, () => 80);
    expect(jitter.fastestMs).toBe(110);
    expect(jitter.worstMs).toBe(0);
  });

  it('leaves out a stall that no depth could have covered', () => {
    const jitter = new ArrivalJitter();
    note(jitter, 0, 100, () => 0);
    note(jitter, 100, 100, i => 2000 - (i - 100) * 20);
    note(jitter, 200, 10, () => 0);
    expect(jitter.worstMs).toBeLessThanOrEqual(20);
  });

  it('is not fooled by clocks that drift apart by 0.1 %', () => {
    for (const perFrameMs of [0.02, -0.02]) {
      const jitter = new ArrivalJitter();
      note(jitter, 0, 3000, i => i * perFrameMs);
      expect(jitter.worstMs).toBeLessThan(13);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { CallTimeline } from '../../../electron/core/audio/call-timeline.ts';

describe('the time of a call', () => {
  it('is zero until its first sound, and follows the clock from then on', () => {
    const timeline = new CallTimeline();
    expect(timeline.now(5000)).toBe(0);
    expect(timeline.received(0, 5000)).toBe(0);
    expect(timeline.now(5250)).toBe(250);
  });

  it('places sound by its timestamp, however late it arrives', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 5000);
    expect(timeline.received(20, 5300)).toBe(20);
    expect(timeline.received(40, 5301)).toBe(40);
    expect(timeline.now(5301)).toBeCloseTo(301, 0);
  });

  it('goes by the earliest arrival', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 5100);
    timeline.received(20, 5020);
    expect(timeline.now(5020)).toBe(20);
  });

  it('places a second stream where the call is by then', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 5000);
    timeline.restart();
    expect(timeline.received(0, 65_000)).toBe(60_000);
    expect(timeline.received(20, 65_020)).toBe(60_020);
    expect(timeline.now(66_000)).toBe(61_000);
  });

  it('follows a sender whose clock is slow or fast, for ten hours', () => {
    for (const drift of [-200e-6, 200e-6]) {
      const timeline = new CallTimeline();
      let worstMs = 0;
      for (let timestampMs = 0; timestampMs < 36_000_000; timestampMs += 20) {
        const nowMs = timestampMs * (1 + drift);
        const atMs = timeline.received(timestampMs, nowMs);
        worstMs = Math.max(worstMs, Math.abs(timeline.now(nowMs) - atMs));
      }
      expect(worstMs).toBeLessThan(10);
    }
  });
});

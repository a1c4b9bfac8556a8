import { describe, expect, it } from 'vitest';
import { CallTimeline } from '../../../electron/core/audio/call-timeline.ts';

describe('the time of a call', () => {
  it('is zero until its first sound, and follows the clock from then on', () => {
    const timeline = new CallTimeline();
    expect(timeline.now(5000)).toBe(0);
    expect(timeline.received(0, 20, 5000)).toBe(0);
    expect(timeline.now(5250)).toBe(250);
  });

  it('places sound by its timestamp, however late it arrives', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 20, 5000);
    expect(timeline.received(20, 20, 5300)).toBe(20);
    expect(timeline.received(40, 20, 5301)).toBe(40);
    expect(timeline.now(5301)).toBeCloseTo(301, 0);
  });

  it('goes by the earliest arrival', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 20, 5100);
    timeline.received(20, 20, 5020);
    expect(timeline.now(5020)).toBe(20);
  });

  it('places a second stream where the call is by then', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 20, 5000);
    timeline.restart();
    expect(timeline.received(0, 20, 65_000)).toBe(60_000);
    expect(timeline.received(20, 20, 65_020)).toBe(60_020);
    expect(timeline.now(66_000)).toBe(61_000);
  });

  it('follows a sender whose clock is slow or fast, for ten hours', () => {
    for (const drift of [-200e-6, 200e-6]) {
      const timeline = new CallTimeline();
      let worstMs = 0;
      for (let timestampMs = 0; timestampMs < 36_000_000; timestampMs += 20) {
        const nowMs = timestampMs * (1 + drift);
        const atMs = timeline.received(timestampMs, 20, nowMs);
        worstMs = Math.max(worstMs, Math.abs(timeline.now(nowMs) - (atMs ?? 0)));
      }
      expect(worstMs).toBeLessThan(10);
    }
  });

  it('has a place for what is up to 5 s ahead: its first sound was held up', () => {
    const timeline = new CallTimeline();
    timeline.received(0, 20, 5000);
    expect(timeline.received(4980, 20, 5000)).toBe(4980);
    expect(timeline.now(5000)).toBe(4980);
    expect(timeline.newStarts).toBe(0);
  });

  it('goes on at the end of the sound so far when timestamps cannot be true', () => {
    for (const wrongMs of [1e15, 3_600_000, 10_000, 500]) {
      const timeline = new CallTimeline();
      for (let i = 0; i < 100; i += 1) timeline.received(i * 20, 20, i * 20);
      expect(timeline.received(wrongMs, 20, 2000)).toBe(2000);
      expect(timeline.received(2020, 20, 2020)).toBe(2020);
      expect(timeline.now(2020)).toBe(2020);
      expect(timeline.newStarts).toBe(1);
    }
  });

  it('goes on now when they begin anew after a break', () => {
    const timeline = new CallTimeline();
    for (let i = 0; i < 100; i += 1) timeline.received(i * 20, 20, i * 20);
    expect(timeline.received(0, 20, 9000)).toBe(9000);
    expect(timeline.received(20, 20, 9020)).toBe(9020);
  });

  it('has no place for what was there before, but for a second of it', () => {
    const timeline = new CallTimeline();
    timeline.received(700, 20, 0);
    const places = Array.from({ length: 60 }, () => timeline.received(700, 20, 20));
    expect(places.slice(0, 50)).toEqual(new Array(50).fill(null));
    expect(places[50]).toBe(720);
  });

  it('takes what comes again from seconds ago for no gap', () => {
    const timeline = new CallTimeline();
    for (let i = 0; i < 300; i += 1) timeline.received(i * 20, 20, i * 20);
    expect(timeline.received(3000, 20, 6000)).toBe(6000);
    expect(timeline.received(6020, 20, 6020)).toBe(6020);
  });

  it('never gets further than 5 s ahead of the clock, whatever comes', () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const timeline = new CallTimeline();
    for (let i = 0; i < 20_000; i += 1) {
      const atMs = timeline.received(random(random(2) === 0 ? 10_000 : 1e9), 20, i * 10);
      if (atMs !== null) expect(atMs).toBeLessThan(i * 10 * 1.001 + 5001);
      expect(timeline.now(i * 10)).toBeLessThan(i * 10 * 1.001 + 5001);
    }
  });

  it('of a sender twice as fast as time leaves out the half', () => {
    const timeline = new CallTimeline();
    let placed = 0;
    for (let i = 0; i < 10_000; i += 1) {
      if (timeline.received(i * 20, 20, i * 10) !== null) placed += 1;
    }
    expect(placed * 20).toBeLessThan(106_000);
    expect(placed * 20).toBeGreaterThan(100_000);
  });
});

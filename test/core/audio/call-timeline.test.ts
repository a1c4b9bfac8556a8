import { describe, expect, it } from 'vitest';
import { CallClock } from '../../../electron/core/audio/call-clock.ts';
import { CallTimeline } from '../../../electron/core/audio/call-timeline.ts';
import { StreamOffset } from '../../../electron/core/audio/stream-offset.ts';

/** The only track of a call, and the time of that call. */
function openTimeline() {
  const clock = new CallClock();
  const offset = new StreamOffset();
  const track = new CallTimeline(clock, offset);
  return {
    received: (timestampMs: number, lengthMs: number, nowMs: number) =>
      track.received(timestampMs, lengthMs, nowMs),
    now: (nowMs: number) => clock.now(nowMs),
    restart: () => offset.restart(),
    get newStarts() {
      return track.newStarts;
    },
  };
}

describe('the time of a call', () => {
  it('is zero until its first sound, and follows the clock from then on', () => {
    const timeline = openTimeline();
    expect(timeline.now(5000)).toBe(0);
    expect(timeline.received(0, 20, 5000)).toBe(0);
    expect(timeline.now(5250)).toBe(250);
  });

  it('places sound by its timestamp, however late it arrives', () => {
    const timeline = openTimeline();
    timeline.received(0, 20, 5000);
    expect(timeline.received(20, 20, 5300)).toBe(20);
    expect(timeline.received(40, 20, 5301)).toBe(40);
    expect(timeline.now(5301)).toBeCloseTo(301, 0);
  });

  it('goes by the earliest arrival', () => {
    const timeline = openTimeline();
    timeline.received(0, 20, 5100);
    timeline.received(20, 20, 5020);
    expect(timeline.now(5020)).toBe(20);
  });

  it('places a second stream where the call is by then', () => {
    const timeline = openTimeline();
    timeline.received(0, 20, 5000);
    timeline.restart();
    expect(timeline.received(0, 20, 65_000)).toBe(60_000);
    expect(timeline.received(20, 20, 65_020)).toBe(60_020);
    expect(timeline.now(66_000)).toBe(61_000);
  });

  it('follows a sender whose clock is slow or fast, for ten hours', () => {
    for (const drift of [-200e-6, 200e-6]) {
      const timeline = openTimeline();
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
    const timeline = openTimeline();
    timeline.received(0, 20, 5000);
    expect(timeline.received(4980, 20, 5000)).toBe(4980);
    expect(timeline.now(5000)).toBe(4980);
    expect(timeline.newStarts).toBe(0);
  });

  it('goes on at the end of the sound so far when timestamps cannot be true', () => {
    for (const wrongMs of [1e15, 3_600_000, 10_000, 500]) {
      const timeline = openTimeline();
      for (let i = 0; i < 100; i += 1) timeline.received(i * 20, 20, i * 20);
      expect(timeline.received(wrongMs, 20, 2000)).toBe(2000);
      expect(timeline.received(2020, 20, 2020)).toBe(2020);
      expect(timeline.now(2020)).toBe(2020);
      expect(timeline.newStarts).toBe(1);
    }
  });

  it('goes on now when they begin anew after a break', () => {
    const timeline = openTimeline();
    for (let i = 0; i < 100; i += 1) timeline.received(i * 20, 20, i * 20);
    expect(timeline.received(0, 20, 9000)).toBe(9000);
    expect(timeline.received(20, 20, 9020)).toBe(9020);
  });

  it('has no place for what was there before, but for a second of it', () => {
    const timeline = openTimeline();
    timeline.received(700, 20, 0);
    const places = Array.from({ length: 60 }, () => timeline.received(700, 20, 20));
    expect(places.slice(0, 50)).toEqual(new Array(50).fill(null));
    expect(places[50]).toBe(720);
  });

  it('takes what comes again from seconds ago for no gap', () => {
    const timeline = openTimeline();
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
    const timeline = openTimeline();
    for (let i = 0; i < 20_000; i += 1) {
      const atMs = timeline.received(random(random(2) === 0 ? 10_000 : 1e9), 20, i * 10);
      if (atMs !== null) expect(atMs).toBeLessThan(i * 10 * 1.001 + 5001);
      expect(timeline.now(i * 10)).toBeLessThan(i * 10 * 1.001 + 5001);
    }
  });

  it('of a sender twice as fast as time leaves out the half', () => {
    const timeline = openTimeline();
    let placed = 0;
    for (let i = 0; i < 10_000; i += 1) {
      if (timeline.received(i * 20, 20, i * 10) !== null) placed += 1;
    }
    expect(placed * 20).toBeLessThan(106_000);
    expect(placed * 20).toBeGreaterThan(100_000);
  });
});

describe('the tracks of one stream', () => {
  /** Two tracks of a stream, in the time of one call. */
  const tracks = () => {
    const clock = new CallClock();
    const offset = new StreamOffset();
    return {
      clock,
      offset,
      one: new CallTimeline(clock, offset),
      other: new CallTimeline(clock, offset),
    };
  };

  it('have the same place for the same timestamp, whichever comes first, in every stream', () => {
    const { clock, offset, one, other } = tracks();
    expect(clock.started).toBe(false);
    expect([one.received(40, 20, 5000), other.received(40, 20, 5000)]).toEqual([40, 40]);
    expect(clock.started).toBe(true);
    expect([other.received(60, 20, 5020), one.received(60, 20, 5020)]).toEqual([60, 60]);
    offset.restart();
    expect([other.received(0, 20, 9000), one.received(0, 20, 9000)]).toEqual([4040, 4040]);
    expect([one.received(20, 20, 9020), other.received(20, 20, 9020)]).toEqual([4060, 4060]);
    expect([one.newStarts, other.newStarts]).toEqual([0, 0]);
  });

  it('may have gaps of their own', () => {
    const { one, other } = tracks();
    for (let i = 0; i < 500; i += 1) {
      expect(one.received(i * 20, 20, i * 20)).toBe(i * 20);
      if (i % 150 < 40) expect(other.received(i * 20, 20, i * 20)).toBe(i * 20);
    }
  });

  it('stay beside each other when their timestamps begin again', () => {
    const { one, other } = tracks();
    for (let i = 0; i < 300; i += 1) {
      const timestampMs = i < 150 ? i * 20 : i * 20 - 3000;
      expect(one.received(timestampMs, 20, i * 20)).toBe(i * 20);
      expect(other.received(timestampMs, 20, i * 20)).toBe(i * 20);
    }
    expect(one.newStarts + other.newStarts).toBe(1);
  });

  it('are not moved by one wrong timestamp of either', () => {
    const { one, other } = tracks();
    for (let i = 0; i < 300; i += 1) {
      expect(one.received(i === 100 ? 1e15 : i * 20, 20, i * 20)).toBe(i * 20);
      expect(other.received(i === 200 ? 1e15 : i * 20, 20, i * 20)).toBe(i * 20);
    }
  });
});

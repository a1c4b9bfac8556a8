import { expect, it } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { pace } from '../../electron/core/frame-clock.ts';

/** A clock moved by hand; the one timer fires when its time has come, `lateMs` too late. */
function handClock(lateMs = 0) {
  let now = 0;
  let timer: { at: number; run: () => void } | undefined;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: (delayMs, run) => {
      const mine = { at: now + delayMs, run };
      timer = mine;
      return () => {
        if (timer === mine) timer = undefined;
      };
    },
  };
  const advance = (ms: number): void => {
    const end = now + ms;
    while (timer !== undefined && timer.at + lateMs <= end) {
      const { at, run } = timer;
      timer = undefined;
      now = Math.max(now, at + lateMs);
      run();
    }
    now = end;
  };
  const stall = (ms: number): void => {
    now += ms;
  };
  return { clock, advance, stall, armed: () => timer !== undefined };
}

it('does not drift when every timer is late', () => {
  const hand = handClock(7);
  let frames = 0;
  pace(hand.clock, () => {
    frames += 1;
  });
  hand.advance(10_007);
  expect(frames).toBe(500);
});

it('makes up for a short stall at once', () => {
  const hand = handClock();
  let frames = 0;
  pace(hand.clock, () => {
    frames += 1;
  });
  hand.stall(1000);
  hand.advance(0);
  expect(frames).toBe(50);
});

it('begins anew after a long one', () => {
  const hand = handClock();
  let frames = 0;
  pace(hand.clock, () => {
    frames += 1;
  });
  hand.stall(3_600_000);
  hand.advance(0);
  expect(frames).toBe(1);
  hand.advance(200);
  expect(frames).toBe(11);
});

it('stops at once, even from within a frame', () => {
  const hand = handClock();
  let frames = 0;
  const stop = pace(hand.clock, () => {
    frames += 1;
    if (frames === 3) stop();
  });
  hand.stall(1000);
  hand.advance(1000);
  expect(frames).toBe(3);
  expect(hand.armed()).toBe(false);
});

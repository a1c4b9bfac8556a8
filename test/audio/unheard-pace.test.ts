import { expect, it } from 'vitest';
import { paceUnheard } from '../../electron/audio/unheard-pace.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A pace for a speaker that is moved by hand, and how many frames it let go by. */
function openPace() {
  const clock = fakeClock();
  let passed = 0;
  const call = { on: true };
  const unheard = paceUnheard(
    clock,
    () => call.on,
    () => {
      passed += 1;
    },
  );
  const takes = (ms: number, times: number) => {
    for (let i = 0; i < times; i += 1) {
      clock.advance(ms);
      unheard.taken();
    }
  };
  return { clock, call, unheard, takes, passed: () => passed };
}

it('lets nothing go by while a speaker takes its frames, also some at a time', () => {
  const { takes, passed } = openPace();
  takes(20, 100);
  takes(90, 100);
  expect(passed()).toBe(0);
});

it('lets a frame go by every 20 ms once nothing was taken for a moment', () => {
  const { clock, takes, passed } = openPace();
  takes(20, 100);
  clock.advance(200);
  const begun = passed();
  clock.advance(10_000);
  expect(begun).toBeLessThanOrEqual(5);
  expect(passed() - begun).toBe(500);
});

it('stops at once when the speaker takes a frame again', () => {
  const { clock, takes, passed } = openPace();
  clock.advance(1000);
  const before = passed();
  expect(before).toBeGreaterThan(40);
  takes(20, 50);
  expect(passed()).toBe(before + 1);
});

it('does not run while there is nothing to be heard', () => {
  const { clock, call, passed } = openPace();
  call.on = false;
  clock.advance(1000);
  expect(passed()).toBe(0);
  call.on = true;
  clock.advance(1000);
  call.on = false;
  clock.advance(100);
  const before = passed();
  expect(before).toBeGreaterThan(40);
  clock.advance(1000);
  expect(passed()).toBe(before);
});

it('stops for good', () => {
  const { clock, unheard, passed } = openPace();
  clock.advance(1000);
  const before = passed();
  unheard.close();
  clock.advance(1000);
  expect(passed()).toBe(before);
  expect(clock.timers()).toBe(0);
});

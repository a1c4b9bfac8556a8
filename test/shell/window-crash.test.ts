import { beforeEach, expect, test } from 'vitest';
import { createWindowCrash } from '../../electron/shell/window-crash.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

let clock: FakeClock;
/** When the page was loaded again, in ms since the beginning. */
let loaded: number[];
let gaveUp: number;
let crash: ReturnType<typeof createWindowCrash>;

beforeEach(() => {
  clock = fakeClock(0);
  loaded = [];
  gaveUp = 0;
  crash = createWindowCrash({
    clock,
    reload: () => loaded.push(clock.monotonic()),
    onGiveUp: () => {
      gaveUp += 1;
    },
  });
});

/** Crashes as soon as the page is loaded again, as often as it is. */
function crashLoop(): void {
  for (let before = -1; loaded.length > before; ) {
    before = loaded.length;
    crash.gone();
    clock.advance(10_000);
  }
}

test('A page that crashed is not loaded again within the event, but soon after', () => {
  crash.gone();
  expect(loaded).toEqual([]);
  clock.advance(1000);
  expect(loaded).toEqual([100]);
  expect(clock.timers()).toBe(0);
});

test('A page that crashes while it loads comes back later each time, and is left alone after five', () => {
  crashLoop();
  expect(loaded).toEqual([100, 10_500, 22_000, 38_000]);
  expect(gaveUp).toBe(1);
  crash.gone();
  clock.advance(600_000);
  expect(loaded).toHaveLength(4);
  expect(gaveUp).toBe(1);
});

test('A person who asks for it gets it at once, and as many tries as at first', () => {
  crashLoop();
  crash.again();
  expect(loaded).toHaveLength(5);
  crashLoop();
  expect(loaded).toHaveLength(9);
  expect(gaveUp).toBe(2);
});

test('Crashes that come now and then are each the first', () => {
  for (let i = 0; i < 20; i += 1) {
    crash.gone();
    clock.advance(60_000);
  }
  expect(loaded).toHaveLength(20);
  expect(gaveUp).toBe(0);
});

test('A crash during the pause of another is no second loading', () => {
  crash.gone();
  crash.gone();
  clock.advance(60_000);
  expect(loaded).toEqual([500]);
});

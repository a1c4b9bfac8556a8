import { describe, expect, it } from 'vitest';
import { every } from '../../electron/core/clock.ts';
import { fakeClock } from '../support/fake-clock.ts';

describe('a repeated timer', () => {
  it('runs every period until it is cancelled, and leaves no timer', () => {
    const clock = fakeClock();
    let runs = 0;
    const cancel = every(clock, 100, () => {
      runs += 1;
    });
    clock.advance(350);
    expect(runs).toBe(3);
    cancel();
    clock.advance(1000);
    expect(runs).toBe(3);
    expect(clock.timers()).toBe(0);
  });

  it('can be cancelled from inside', () => {
    const clock = fakeClock();
    let runs = 0;
    const cancel = every(clock, 100, () => {
      runs += 1;
      cancel();
    });
    clock.advance(1000);
    expect(runs).toBe(1);
    expect(clock.timers()).toBe(0);
  });
});

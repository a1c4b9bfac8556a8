import { describe, expect, it } from 'vitest';
import { every, within } from '../../electron/core/clock.ts';
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

describe('waiting within a limit', () => {
  it('ends with the work, and leaves no timer', async () => {
    const clock = fakeClock();
    await within(clock, 100, Promise.resolve('done'));
    expect(clock.timers()).toBe(0);
  });

  it('ends at the limit when the work goes on', async () => {
    const clock = fakeClock();
    let done = false;
    const waited = within(clock, 100, new Promise(() => {})).then(() => {
      done = true;
    });
    clock.advance(99);
    await Promise.resolve();
    expect(done).toBe(false);
    clock.advance(1);
    await waited;
    expect(clock.timers()).toBe(0);
  });

  it('passes on what the work fails with, and leaves no timer', async () => {
    const clock = fakeClock();
    const failed = within(clock, 100, Promise.reject(new Error('broken')));
    await expect(failed).rejects.toThrow('broken');
    expect(clock.timers()).toBe(0);
  });

  it('takes no notice of a failure after the limit', async () => {
    const clock = fakeClock();
    let fail = (): void => {};
    const work = new Promise((_, reject) => {
      fail = () => reject(new Error('late'));
    });
    const waited = within(clock, 100, work);
    clock.advance(100);
    await waited;
    fail();
    await expect(work).rejects.toThrow('late');
  });
});

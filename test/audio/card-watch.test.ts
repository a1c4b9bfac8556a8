import { describe, expect, it } from 'vitest';
import { watchCard } from '../../electron/audio/card-watch.ts';
import { fakeClock } from '../support/fake-clock.ts';

function watched() {
  const clock = fakeClock();
  let silent = 0;
  const watch = watchCard(clock, () => {
    silent += 1;
  });
  const run = (ms: number): void => {
    for (let at = 0; at < ms; at += 20) {
      watch.alive();
      clock.advance(20);
    }
  };
  return { clock, watch, run, silent: () => silent };
}

describe('the watch over an open card', () => {
  it('tells within 800 ms that a card that ran is silent, once', () => {
    const { clock, run, silent } = watched();
    run(10_000);
    clock.advance(500);
    expect(silent()).toBe(0);
    clock.advance(300);
    expect(silent()).toBe(1);
    clock.advance(10_000);
    expect(silent()).toBe(1);
    expect(clock.timers()).toBe(0);
  });

  it('gives a card that was just opened three seconds', () => {
    const { clock, silent } = watched();
    clock.advance(2900);
    expect(silent()).toBe(0);
    clock.advance(200);
    expect(silent()).toBe(1);
  });

  it('tells nothing once it is stopped', () => {
    const { clock, watch, silent } = watched();
    watch.stop();
    clock.advance(10_000);
    expect(silent()).toBe(0);
  });
});

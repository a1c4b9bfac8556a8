import { expect, it } from 'vitest';
import { SignalPump } from '../../electron/audio/signal-pump.ts';
import type { Signals } from '../../electron/core/signals.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A pump and what it told, with sources that are set by hand. */
function openPump() {
  const clock = fakeClock();
  const told: Signals[] = [];
  const now: { calls: Signals['calls']; replay: Signals['replay'] } = { calls: [], replay: null };
  let asked = 0;
  const pump = new SignalPump(clock, signals => told.push(signals), {
    calls: () => now.calls,
    qualities: () => {
      asked += 1;
      return [];
    },
    replay: () => now.replay,
  });
  return { clock, pump, told, now, asked: () => asked };
}

it('tells nothing while nothing moves', () => {
  const { clock, told } = openPump();
  clock.advance(5000);
  expect(told).toEqual([]);
});

it('tells the loudest since it told last, then begins anew', () => {
  const { clock, pump, told } = openPump();
  for (const level of [10, 200, 30]) pump.captured(level);
  pump.sent(90);
  pump.sent(40);
  clock.advance(40);
  pump.captured(5);
  clock.advance(80);
  expect(told).toMatchObject([
    { captured: 200, sent: 90 },
    { captured: 5, sent: 0 },
  ]);
});

it('tells where the replay is 25 times a second', () => {
  const { clock, told, now } = openPump();
  now.replay = { atMs: 20, lengthMs: 100 };
  clock.advance(1000);
  expect(told).toHaveLength(25);
  expect(told[0]?.replay).toEqual({ atMs: 20, lengthMs: 100 });
});

it('looks at the qualities once a second, and with the next news when a second was quiet', () => {
  const { clock, pump, asked } = openPump();
  for (let ms = 0; ms < 3000; ms += 40) {
    pump.captured(1);
    clock.advance(40);
  }
  expect(asked()).toBe(3);
  clock.advance(5000);
  expect(asked()).toBe(3);
  pump.captured(1);
  clock.advance(40);
  expect(asked()).toBe(4);
});

it('stops for good', () => {
  const { clock, pump, told } = openPump();
  pump.captured(1);
  pump.close();
  clock.advance(1000);
  expect(told).toEqual([]);
  expect(clock.timers()).toBe(0);
});

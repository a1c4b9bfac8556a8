import { expect, it } from 'vitest';
import { SignalPump } from '../../electron/audio/signal-pump.ts';
import type { Signals } from '../../electron/core/signals.ts';
import { fakeClock } from '../support/fake-clock.ts';

const QUALITY: Signals['qualities'][number]['quality'] = {
  receivedFrames: 90,
  lateFrames: 9,
  missingFrames: 0,
  droppedMs: 0,
  insertedMs: 0,
  depthMs: 0,
  targetMs: 40,
  jitterMs: 2,
  addedMs: 30,
  unsentFrames: 0,
};

/** A pump and what it told, with sources that are set by hand. */
function openPump() {
  const clock = fakeClock();
  const told: Signals[] = [];
  const now: { calls: Signals['calls']; replay: Signals['replay'] } = { calls: [], replay: null };
  let asked = 0;
  const measured: Signals['qualities'][number][] = [];
  const pump = new SignalPump(clock, signals => told.push(signals), {
    calls: () => now.calls,
    qualities: () => {
      asked += 1;
      return measured;
    },
    replay: () => now.replay,
  });
  return { clock, pump, told, now, measured, asked: () => asked };
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

it('looks at the qualities once a second', () => {
  const { clock, pump, asked } = openPump();
  for (let ms = 0; ms < 3000; ms += 40) {
    pump.captured(1);
    clock.advance(40);
  }
  expect(asked()).toBe(3);
});

it('tells the qualities of calls once a second also while nothing else moves', () => {
  const { clock, told, measured } = openPump();
  measured.push({ callId: 'a', quality: QUALITY });
  clock.advance(3000);
  expect(told.map(({ qualities }) => qualities.length)).toEqual([1, 1, 1]);
  expect(told[0]).toMatchObject({ captured: null, sent: 0, calls: [], replay: null });
});

it('stops for good', () => {
  const { clock, pump, told } = openPump();
  pump.captured(1);
  pump.close();
  clock.advance(1000);
  expect(told).toEqual([]);
  expect(clock.timers()).toBe(0);
});

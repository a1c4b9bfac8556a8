import { expect, it } from 'vitest';
import { FRAME_SAMPLES, type Frame, SILENCE } from '../../electron/core/audio/frame.ts';
import { createWire } from '../../electron/practice/wire.ts';
import { fakeClock } from '../support/fake-clock.ts';

const frameOf = (value: number): Frame => new Int16Array(FRAME_SAMPLES).fill(value);

it('says at one end what is heard at the other, in the same 20 ms', () => {
  const { near, far } = createWire();
  const heardFar: Frame[] = [];
  const stop = far.pace(fakeClock(), () => heardFar.push(far.exchange(frameOf(2))));
  expect(near.exchange(frameOf(1))).toEqual(frameOf(2));
  expect(near.exchange(frameOf(3))).toEqual(frameOf(2));
  expect(heardFar).toEqual([frameOf(1), frameOf(3)]);
  stop();
  expect(near.exchange(frameOf(4))).toBe(SILENCE);
  expect(heardFar).toHaveLength(2);
});

it('lets the near end keep time', () => {
  const { near } = createWire();
  const clock = fakeClock();
  let ticks = 0;
  const stop = near.pace(clock, () => {
    ticks += 1;
  });
  clock.advance(100);
  expect(ticks).toBe(5);
  stop();
  clock.advance(100);
  expect(ticks).toBe(5);
});

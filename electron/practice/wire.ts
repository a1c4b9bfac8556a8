import { type Frame, SILENCE } from '../core/audio/frame.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import { pace } from '../core/frame-clock.ts';

/** One end of a wire: a leg there hears and says through it. */
export type WireEnd = {
  /** Begins to call `tick` once per 20 ms, or whenever the other end is asked. */
  readonly pace: (clock: Clock, tick: () => void) => Cancel;
  /** Hands over what is heard here; gives what is said here meanwhile. */
  readonly exchange: (heard: Frame) => Frame;
};

/** Two legs back to back: what one hears the other says, in one and the same 20 ms. */
type Wire = {
  /** The end with a clock of its own. */
  readonly near: WireEnd;
  /** The end that moves with the near one. */
  readonly far: WireEnd;
};

/** Joins two legs, one of which a program of the account speaks at instead of a person. */
export function createWire(): Wire {
  let toFar: Frame = SILENCE;
  let toNear: Frame = SILENCE;
  let tickFar: (() => void) | undefined;
  return {
    near: {
      pace,
      exchange(heard) {
        toFar = heard;
        toNear = SILENCE;
        tickFar?.();
        return toNear;
      },
    },
    far: {
      pace(_clock, tick) {
        tickFar = tick;
        return () => {
          tickFar = undefined;
        };
      },
      exchange(heard) {
        toNear = heard;
        return toFar;
      },
    },
  };
}

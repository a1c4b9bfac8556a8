import { type Cancel, type Clock, every } from '../core/clock.ts';
import { pace } from '../core/frame-clock.ts';

/** Nobody listens when nothing was taken for so long: more than any speaker that works takes at a time. */
const UNHEARD_MS = 100;

/** Who keeps time for the speaker while it takes nothing. */
type UnheardPace = {
  /** The speaker took a frame: it keeps time itself. */
  readonly taken: () => void;
  readonly close: () => void;
};

/**
 * Lets time go by for what is to be heard while no speaker takes it, because there is none, it is busy
 * or it hangs: nothing piles up, and when it is back it plays what is said then.
 * @param isNeeded whether there is anything to be heard @param passFrame lets 20 ms go by
 */
export function paceUnheard(
  clock: Clock,
  isNeeded: () => boolean,
  passFrame: () => void,
): UnheardPace {
  let wasTaken = false;
  let cancelPace: Cancel | null = null;
  const stop = (): void => {
    cancelPace?.();
    cancelPace = null;
  };
  const cancelWatch = every(clock, UNHEARD_MS, () => {
    if (wasTaken || !isNeeded()) stop();
    else cancelPace ??= pace(clock, passFrame);
    wasTaken = false;
  });
  return {
    taken: () => {
      wasTaken = true;
      if (cancelPace !== null) stop();
    },
    close: () => {
      cancelWatch();
      stop();
    },
  };
}

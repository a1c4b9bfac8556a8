import { FRAME_MS } from '../../electron/core/audio/frame.ts';

/** One media message: which frame of the caller's sound, its `media.timestamp`, and when it arrived, ms. */
type Arrival = {
  readonly frame: number;
  readonly timestampMs: number;
  readonly arrivedMs: number;
};

/** Arrivals of one stream, in order, and the speed of the listener's clock they are played by. */
export type ArrivalTrace = {
  readonly name: string;
  readonly arrivals: readonly Arrival[];
  /** Milliseconds of the arrival clock from one pull to the next. */
  readonly pullEveryMs: number;
};

/** A network's delay of a frame sent at `sentMs`; order is kept whatever it says, as TCP keeps it. */
type Delay = (sentMs: number, frame: number) => number;

const PATH_MS = 30;

/** Repeatable numbers from 0 to 1 (a linear congruential generator, Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function arrivalsOf(frames: number, delay: Delay): Arrival[] {
  let lastMs = 0;
  return Array.from({ length: frames }, (_, frame) => {
    const sentMs = (frame + 1) * FRAME_MS;
    lastMs = Math.max(lastMs, sentMs + PATH_MS + delay(sentMs, frame));
    return { frame, timestampMs: frame * FRAME_MS, arrivedMs: lastMs };
  });
}

/** What is held up during a pause of the network arrives at its end, all at once. */
function heldUntil(sentMs: number, fromMs: number, toMs: number): number {
  return sentMs >= fromMs && sentMs < toMs ? toMs - sentMs : 0;
}

/**
 * Synthetic, of the shape a desk on a wireless network sees: most frames within 4 ms, one in eight up
 * to 25 ms late, and every 2 to 6 s nothing for 60 to 120 ms, then all at once.
 */
function wireless(frames: number): Arrival[] {
  const random = randomFrom(7);
  let awayFromMs = 2500;
  let awayToMs = 2600;
  return arrivalsOf(frames, sentMs => {
    if (sentMs >= awayToMs) {
      awayFromMs = awayToMs + 2000 + random() * 4000;
      awayToMs = awayFromMs + 60 + random() * 60;
    }
    const away = heldUntil(sentMs, awayFromMs, awayToMs);
    return Math.max(away, random() < 1 / 8 ? random() * 25 : random() * 4);
  });
}

/** The traces every playout has to stand, each of `frames` frames of 20 ms. */
export function arrivalTraces(frames: number): readonly ArrivalTrace[] {
  const random = randomFrom(42);
  const even = arrivalsOf(frames, () => 0);
  const trace = (name: string, arrivals: readonly Arrival[], pullEveryMs = FRAME_MS) => ({
    name,
    arrivals,
    pullEveryMs,
  });
  return [
    trace('steady', even),
    trace(
      'timers 3 ms late',
      arrivalsOf(frames, () => random() * 3),
    ),
    trace(
      '50 ms jitter',
      arrivalsOf(frames, () => random() * 50),
    ),
    trace('wireless', wireless(frames)),
    trace(
      '200 ms bursts',
      arrivalsOf(frames, sentMs => heldUntil(sentMs % 5000, 3000, 3200)),
    ),
    trace(
      'always in tens',
      arrivalsOf(frames, (_, frame) => (9 - (frame % 10)) * FRAME_MS),
    ),
    trace(
      '2 s stall',
      arrivalsOf(frames, sentMs => heldUntil(sentMs, 8000, 10_000)),
    ),
    trace('listener 0.1 % slow', even, FRAME_MS * 1.001),
    trace('listener 0.1 % fast', even, FRAME_MS / 1.001),
    trace(
      'chunks twice',
      even.flatMap(each => (each.frame % 7 === 3 ? [each, each] : [each])),
    ),
    trace(
      'frames lost',
      even.filter(({ frame }) => frame % 50 !== 20 && frame % 400 !== 211 && frame % 400 !== 212),
    ),
  ];
}

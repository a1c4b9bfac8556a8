import { setTimeout as wait } from 'node:timers/promises';
import { createEngine, type Engine } from '../../electron/audio/engine.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { percentile, type Row, verdict } from './table.ts';

/** Most that the sound path may add at its 99th percentile. */
const MOST_ADDED_MS = 60;

/** Desks measured at once, each with the card's beat at another moment between two frames. */
const DESKS = 20;
const JITTER_MS = 5;
const RUN_MS = 6000;
const SETTLING_FRAMES = 100;

/** Waiting time of frames that arrive every 20 ms, each up to 5 ms late, until the card is given them. */
export async function measureSoundPath(): Promise<Row[]> {
  const waits: number[] = [];
  const silences = { count: 0 };
  // All are built before any runs: rendering their tones holds up the thread.
  const desks = Array.from({ length: DESKS }, () =>
    createEngine({
      clock: systemClock,
      onReach: () => {},
      onSignals: () => {},
      onLost: () => {},
    }),
  );
  await wait(100);
  const ends = desks.map((engine, desk) =>
    runDesk(engine, (desk * FRAME_MS) / DESKS, waits, silences),
  );
  await wait(RUN_MS);
  for (const end of ends) end();
  const row = (name: string, share: number): Row => {
    const ms = percentile(waits, share);
    return { name, value: `${ms.toFixed(1)} ms`, budget: verdict(ms, MOST_ADDED_MS, ' ms') };
  };
  const gaps = (100 * silences.count) / Math.max(1, waits.length + silences.count);
  return [
    row(`(4) p50 of ${waits.length} frames, jitter 0…${JITTER_MS} ms`, 0.5),
    row('(4) p95', 0.95),
    row('(4) p99', 0.99),
    { name: '    20 ms gaps heard', value: `${gaps.toFixed(2)} %`, budget: '-' },
  ];
}

/** One call on one desk; its frames carry their number as their loudness. */
function runDesk(
  engine: Engine,
  phaseMs: number,
  waits: number[],
  silences: { count: number },
): () => void {
  const sink = { send: () => true, ready: () => true, mark: () => {}, clear: () => {} };
  const { onSound } = engine.connect('call', sink);
  /** When the frame came last that has this loudness. */
  const arrivedAt = new Map<number, number>();
  let sent = 0;
  let pulled = 0;

  const endArrivals = pace(systemClock, () => {
    const number = sent;
    sent += 1;
    // Less than a frame late, so that none overtakes another: a socket keeps order.
    systemClock.after(Math.random() * JITTER_MS, () => {
      const byte = FIRST_BYTE + (number % BYTES);
      arrivedAt.set(decodeMulaw(Uint8Array.of(byte))[0] ?? 0, systemClock.monotonic());
      onSound(number * FRAME_MS, new Uint8Array(FRAME_SAMPLES).fill(byte));
    });
  });
  let endCard = (): void => {};
  const cancelCard = systemClock.after(phaseMs, () => {
    endCard = pace(systemClock, () => {
      const loudness = engine.nextFrame()[0] ?? 0;
      const since = arrivedAt.get(loudness);
      pulled += 1;
      if (pulled <= SETTLING_FRAMES) return;
      if (loudness === 0) silences.count += 1;
      // Where two frames are faded into one another the sound belongs to none.
      if (since !== undefined) waits.push(systemClock.monotonic() - since);
    });
  });
  return () => {
    endArrivals();
    cancelCard();
    endCard();
    engine.close();
  };
}

/** Frames tell themselves apart by their loudness: µ-law bytes none of which is quiet, or loud enough to be limited. */
const FIRST_BYTE = 0x94;
const BYTES = 40;

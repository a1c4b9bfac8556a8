import { setTimeout as wait } from 'node:timers/promises';
import { createEngine, type Engine } from '../../electron/audio/engine.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { percentile, type Row, verdict } from './table.ts';

/** Most that the sound path may add at its 95th percentile. */
const MOST_ADDED_MS = 60;

/** Desks measured at once, each with the card's beat at another moment between two frames. */
const DESKS = 20;
const JITTER_MS = 5;
const RUN_MS = 20_000;

/** Pulls left out: the first second, and those around the moment from which the network is known (playout-lead.ts). */
const FIRST_PULLS = 50;
const KNOWN_FROM = 600;
const KNOWN_PULLS = 700;

/** Waiting times in ms, in the first 12 s and from then on, and how often nothing was heard. */
type Heard = { readonly early: number[]; readonly later: number[]; silences: number };

/** Waiting time of frames that arrive every 20 ms, each up to 5 ms late, until the card is given them. */
export async function measureSoundPath(): Promise<Row[]> {
  const heard: Heard = { early: [], later: [], silences: 0 };
  // All are built before any runs: rendering their tones holds up the thread.
  const desks = Array.from({ length: DESKS }, () =>
    createEngine({
      clock: systemClock,
      onReach: () => {},
      onSignals: () => {},
      onLost: () => {},
      onKept: () => {},
    }),
  );
  await wait(100);
  const ends = desks.map((engine, desk) => runDesk(engine, (desk * FRAME_MS) / DESKS, heard));
  await wait(RUN_MS);
  // A computer that is busy with something else makes arrival uneven, which the playout answers with depth.
  const depthsMs = desks.flatMap(engine =>
    engine.qualities().map(({ quality }) => quality.targetMs),
  );
  for (const end of ends) end();
  const row = (name: string, waits: readonly number[]): Row => {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share => percentile(waits, share));
    return {
      name: `(5) ${name}, ${waits.length} frames, jitter 0…${JITTER_MS} ms: p50 / p95 / p99`,
      value: `${[p50, p95, p99].map(ms => ms?.toFixed(0)).join(' / ')} ms`,
      budget: verdict(p95 ?? Number.NaN, MOST_ADDED_MS, ' ms'),
    };
  };
  const pulls = heard.early.length + heard.later.length + heard.silences;
  const gaps = (100 * heard.silences) / Math.max(1, pulls);
  return [
    row('first 12 s of a call', heard.early),
    row('from then on', heard.later),
    {
      name: '    depth aimed at by then, 20 ms where arrival is even: p50 / most',
      value: `${percentile(depthsMs, 0.5).toFixed(0)} / ${percentile(depthsMs, 1).toFixed(0)} ms`,
      budget: '-',
    },
    { name: '    20 ms gaps heard', value: `${gaps.toFixed(2)} %`, budget: '-' },
  ];
}

/** One call on one desk; its frames carry their number as their loudness. */
function runDesk(engine: Engine, phaseMs: number, heard: Heard): () => void {
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
      if (pulled <= FIRST_PULLS) return;
      if (loudness === 0) heard.silences += 1;
      // Where two frames are faded into one another the sound belongs to none.
      if (since === undefined) return;
      const waitedMs = systemClock.monotonic() - since;
      if (pulled <= KNOWN_FROM) heard.early.push(waitedMs);
      else if (pulled > KNOWN_PULLS) heard.later.push(waitedMs);
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

import { FRAME_MS, FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { PlayoutBuffer } from '../../electron/core/audio/playout-buffer.ts';
import { type ArrivalTrace, arrivalTraces } from '../support/arrival-traces.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { runPlayout } from '../support/playout-run.ts';
import { percentile, type Row, verdict } from './table.ts';

/** How long each trace lasts, and from when on the depth is taken to have settled. */
const TRACE_S = 40;
const SETTLED_PULLS = 750;

/** What even arrival may add at its 95th percentile once settled, and what a push and a pull may cost. */
const MOST_ADDED_MS = 40;
const MOST_COST_US = 0.7;

/** Traces whose arrival is even, whatever else is wrong with them. */
const EVEN: ReadonlySet<string> = new Set([
  'steady',
  'timers 3 ms late',
  'chunks twice',
  'frames lost',
]);

/** Moments within a frame at which the listener pulls: the added latency depends on it. */
const PHASES_MS = [1, 5, 9, 13, 17];

/** Streams that take turns, so that the cost is that of memory not just used. */
const STREAMS = 300;
const ROUNDS = 2000;

/** Latency added by playout under each arrival trace, and the CPU of one push and one pull. */
export function measurePlayout(): Row[] {
  const frames = (TRACE_S * 1000) / FRAME_MS;
  const sound = glidingSound(TRACE_S, true);
  const rows = arrivalTraces(frames).map(trace => rowOf(trace, sound));
  const costUs = Math.min(...[1, 2, 3].map(() => costOf(sound)));
  return [
    ...rows,
    {
      name: `CPU of a push and a pull, ${STREAMS} streams in turn`,
      value: `${costUs.toFixed(2)} µs`,
      budget: verdict(costUs, MOST_COST_US, ' µs'),
    },
  ];
}

function rowOf(trace: ArrivalTrace, sound: Int16Array): Row {
  const runs = PHASES_MS.map(phaseMs => runPlayout(trace, sound, phaseMs));
  const added = runs.flatMap(run =>
    run.added.filter(({ pull }) => pull > SETTLED_PULLS).map(({ ms }) => ms),
  );
  const mean = (of: (run: (typeof runs)[number]) => number): string =>
    (runs.reduce((sum, run) => sum + of(run), 0) / runs.length).toFixed(0);
  const p95 = percentile(added, 0.95);
  return {
    name: `${trace.name}: added p50 / p95 / most`,
    value:
      `${percentile(added, 0.5).toFixed(0)} / ${p95.toFixed(0)} / ${percentile(added, 1).toFixed(0)} ms` +
      ` (late ${mean(run => run.figures.late)}, missing ${mean(run => run.figures.missing)},` +
      ` left out ${mean(run => run.figures.droppedMs + run.figures.overflowMs)} ms,` +
      ` put in ${mean(run => run.figures.insertedMs)} ms)`,
    budget: EVEN.has(trace.name) ? verdict(p95, MOST_ADDED_MS, ' ms') : '-',
  };
}

function costOf(sound: Int16Array): number {
  const mulaw = encodeMulaw(sound);
  const payloads = Array.from({ length: mulaw.length / FRAME_SAMPLES }, (_, i) =>
    mulaw.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES),
  );
  const buffers = Array.from({ length: STREAMS }, () => new PlayoutBuffer());
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) {
    const payload = payloads[round % payloads.length];
    if (payload === undefined) continue;
    const nowMs = round * FRAME_MS;
    for (const buffer of buffers) {
      buffer.push(nowMs, nowMs, payload);
      buffer.pull(nowMs + 7);
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (ROUNDS * STREAMS);
}

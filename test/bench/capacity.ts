import { loadServer } from './server-load.ts';
import { type Row, verdict } from './table.ts';

/** Streams put on one process, which has one thread for all of them. */
const STREAMS = [200, 400, 800] as const;

const WARM_UP_MS = 5000;
const MEASURE_MS = 3000;

/** Share of frames that may be handled later than 20 ms after they were due, in percent; those sent late aside. */
const MOST_LATE_PERCENT = 0.1;

/** All threads of the process together may take one core, in percent. */
const WHOLE_CORE = 100;

/**
 * How many streams one process holds: its CPU and the share of late frames under growing load. Where the
 * sender itself is late, that share says nothing of the server: this computer has no room for both.
 */
export async function measureCapacity(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const streams of STREAMS) {
    const load = await loadServer('earshot', streams, WARM_UP_MS, MEASURE_MS);
    const core = load.cpuUs / 10 / load.wallMs;
    const percent = (frames: number): number => (100 * frames) / Math.max(1, load.frames);
    const late = percent(Math.max(0, load.lateFrames - load.sentLate));
    const sentLate = percent(load.sentLate);
    const lost = 100 - (100 * load.frames) / load.expected;
    rows.push(
      {
        name: `(7) ${streams} streams: CPU, writing threads included`,
        value: `${core.toFixed(0)} % of a core`,
        budget: verdict(core, WHOLE_CORE, ' %'),
      },
      {
        name: `    frames handled later than 20 ms`,
        value:
          `${late.toFixed(2)} % (sent as late by the sender: ${sentLate.toFixed(2)} %,` +
          ` behind at the end: ${Math.max(0, lost).toFixed(1)} %)`,
        budget:
          sentLate > MOST_LATE_PERCENT
            ? `≤ ${MOST_LATE_PERCENT} % cannot be told: the sender was late`
            : verdict(late, MOST_LATE_PERCENT, ' %'),
      },
    );
  }
  return rows;
}

import type { ServerKind } from './media-server.ts';
import { loadServer } from './server-load.ts';
import { type Row, verdict } from './table.ts';

/** The load under which servers are compared. */
export const MEDIA_LOAD = { streams: 300, rounds: 2, measureMs: 2000 } as const;

/** The servers compared here. */
type Compared = Exclude<ServerKind, 'transcribed'>;

/** Until all is compiled; for Earshot until its playout knows the network, 12 s into a call (playout-lead.ts), and has settled. */
const WARM_UP_MS: Readonly<Record<Compared, number>> = {
  bare: 1500,
  parsing: 1500,
  unrecorded: 16_000,
  earshot: 16_000,
};

/** A server that takes in fewer frames than were due, or catches up on them, reads many at once, which is cheaper. */
const UNEVEN_SHARE = 0.02;

/** Earshot may cost at most so many times what reading JSON and base64 costs. */
const MOST_TIMES_PARSING = 1.25;

const NAMES: Readonly<Record<Compared, string>> = {
  bare: '(1) bare ws server: receives',
  parsing: '(2) (1) + JSON.parse + base64',
  unrecorded: '(3) Earshot: streams, levels, waveform, playout, mix',
  earshot: '(4) (3) + all streams recorded',
};

/** CPU per frame of each server, and Earshot's against the others. Rounds take turns, so that a busy moment hits all. */
export async function measureFrameCost(): Promise<Row[]> {
  const costs: Record<Compared, Cost[]> = { bare: [], parsing: [], unrecorded: [], earshot: [] };
  const kinds = Object.keys(NAMES) as Compared[];
  for (let round = 0; round < MEDIA_LOAD.rounds; round += 1) {
    for (const kind of kinds) costs[kind].push(await costOf(kind));
  }
  // The least disturbed round: whatever else the computer does adds, but where it starves a server.
  const least = (kind: Compared): number => {
    const even = costs[kind].filter(({ share }) => Math.abs(share - 1) <= UNEVEN_SHARE);
    if (even.length === 0) process.stdout.write(`  note: ${kind} was starved in all rounds\n`);
    return Math.min(...(even.length > 0 ? even : costs[kind]).map(({ us }) => us));
  };
  const leasts: Readonly<Record<Compared, number>> = {
    bare: least('bare'),
    parsing: least('parsing'),
    unrecorded: least('unrecorded'),
    earshot: least('earshot'),
  };
  const ratio = (name: string, kind: 'unrecorded' | 'earshot'): Row => {
    const times = leasts[kind] / leasts.parsing;
    return {
      name,
      value: `${times.toFixed(2)} ×`,
      budget: verdict(times, MOST_TIMES_PARSING, ' ×'),
    };
  };
  return [
    ...kinds.map(kind => ({
      name: NAMES[kind],
      value: `${leasts[kind].toFixed(2)} µs`,
      budget: '-',
    })),
    ratio('(3) / (2)', 'unrecorded'),
    ratio('(4) / (2)', 'earshot'),
  ];
}

/** What a frame cost in one round, and the share of the frames that came in time. */
type Cost = { readonly us: number; readonly share: number };

async function costOf(kind: Compared): Promise<Cost> {
  const { streams, measureMs } = MEDIA_LOAD;
  const load = await loadServer(kind, streams, WARM_UP_MS[kind], measureMs);
  return { us: load.cpuUs / load.frames, share: load.frames / load.expected };
}

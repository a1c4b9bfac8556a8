import type { ServerKind } from './media-server.ts';
import { loadServer } from './server-load.ts';
import { type Row, verdict } from './table.ts';

/** The load under which servers are compared. */
export const MEDIA_LOAD = { streams: 300, rounds: 3, warmUpMs: 1000, measureMs: 1500 } as const;

/** Earshot may cost at most so many times what reading JSON and base64 costs. */
const MOST_TIMES_PARSING = 1.25;

const NAMES: Readonly<Record<ServerKind, string>> = {
  bare: '(1) bare ws server: receives',
  parsing: '(2) (1) + JSON.parse + base64',
  earshot: '(3) Earshot: streams, levels, waveform, playout, mix, recording',
};

/** CPU per frame of each server, and Earshot's against the others. Rounds take turns, so that a busy moment hits all. */
export async function measureFrameCost(): Promise<Row[]> {
  const costs: Record<ServerKind, number[]> = { bare: [], parsing: [], earshot: [] };
  const kinds = Object.keys(NAMES) as ServerKind[];
  for (let round = 0; round < MEDIA_LOAD.rounds; round += 1) {
    for (const kind of kinds) costs[kind].push(await costOf(kind));
  }
  // The least disturbed round: whatever else the computer does only ever adds.
  const least = (kind: ServerKind): number => Math.min(...costs[kind]);
  const toBare = least('earshot') / least('bare');
  const toParsing = least('earshot') / least('parsing');
  return [
    ...kinds.map(kind => ({
      name: NAMES[kind],
      value: `${least(kind).toFixed(2)} µs`,
      budget: '-',
    })),
    { name: '(3) / (1)', value: `${toBare.toFixed(2)} ×`, budget: '-' },
    {
      name: '(3) / (2)',
      value: `${toParsing.toFixed(2)} ×`,
      budget: verdict(toParsing, MOST_TIMES_PARSING, ' ×'),
    },
  ];
}

async function costOf(kind: ServerKind): Promise<number> {
  const { streams, warmUpMs, measureMs } = MEDIA_LOAD;
  const { cpuUs, frames, expected } = await loadServer(kind, streams, warmUpMs, measureMs);
  if (Math.abs(frames / expected - 1) > 0.05) {
    process.stdout.write(
      `  note: ${kind} took in ${frames} frames instead of ${expected.toFixed(0)}\n`,
    );
  }
  return cpuUs / frames;
}

import { loadServer } from './server-load.ts';
import { type Row, verdict } from './table.ts';

/** Calls at once, both sides of which are heard. */
export const TRANSCRIBED_CALLS = 40;

const WARM_UP_MS = 16_000;
const BASE_WARM_UP_MS = 2000;
const MEASURE_MS = 8000;
const ROUNDS = 2;

/** The app may cost at most so many times what reading JSON and base64 costs. */
const MOST_TIMES_PARSING = 1.25;

/** The event loop may be late by so much at its 99th percentile. */
const MOST_DELAY_MS = 10;

/** CPU per frame of Earshot and of its process that listens for voices, against reading JSON and base64. */
export async function measureTranscribed(): Promise<Row[]> {
  const streams = 2 * TRANSCRIBED_CALLS;
  const base: number[] = [];
  const silent: number[] = [];
  const rounds: { main: number; voices: number | null; delayMs: number; share: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = await loadServer('parsing', streams, BASE_WARM_UP_MS, MEASURE_MS);
    base.push(plain.cpuUs / plain.frames);
    const without = await loadServer('unrecorded', streams, WARM_UP_MS, MEASURE_MS);
    silent.push(without.cpuUs / without.frames);
    const load = await loadServer('transcribed', streams, WARM_UP_MS, MEASURE_MS);
    rounds.push({
      main: load.cpuUs / load.frames,
      voices: load.voicesUs === null ? null : load.voicesUs / load.frames,
      delayMs: load.delayP99Ms,
      share: load.frames / load.expected,
    });
  }
  const baseUs = Math.min(...base);
  const best = rounds.reduce((least, each) => (each.main < least.main ? each : least));
  const us = (value: number): string => `${value.toFixed(1)} µs (${(value / baseUs).toFixed(2)} ×)`;
  return [
    { name: '(8) reads JSON and base64: CPU per frame', value: us(baseUs), budget: '-' },
    {
      name: '(8) the app without voice activity and transcripts',
      value: us(Math.min(...silent)),
      budget: '-',
    },
    {
      name: '(8) the app with both',
      value: us(best.main),
      budget: verdict(best.main / baseUs, MOST_TIMES_PARSING, ' ×'),
    },
    {
      name: '(8) the process that listens for voices',
      value: best.voices === null ? 'not told by this system' : us(best.voices),
      budget: '-',
    },
    {
      name: '(8) frames taken in, of those due',
      value: `${(100 * best.share).toFixed(1)} %`,
      budget: '-',
    },
    {
      name: '(8) event loop delay p99',
      value: `${best.delayMs.toFixed(1)} ms`,
      budget: verdict(best.delayMs, MOST_DELAY_MS, ' ms'),
    },
  ];
}

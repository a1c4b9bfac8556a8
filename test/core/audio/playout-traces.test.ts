import { beforeAll, describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { arrivalTraces } from '../../support/arrival-traces.ts';
import { glidingSound } from '../../support/gliding-sound.ts';
import { type PlayoutRun, roughness, runPlayout } from '../../support/playout-run.ts';
import { spokenSound } from '../../support/spoken-sound.ts';

const SECONDS = 30;
const FRAMES = SECONDS * 50;
const traces = arrivalTraces(FRAMES);

/** Added latency once settled (after 15 s): most at the 95th percentile, by trace. */
const MOST_ADDED_MS: Readonly<Record<string, number>> = {
  steady: 25,
  'timers 3 ms late': 28,
  '50 ms jitter': 75,
  wireless: 140,
  '200 ms bursts': 220,
  'always in tens': 220,
  '2 s stall': 40,
  'listener 0.1 % slow': 35,
  'listener 0.1 % fast': 35,
  'chunks twice': 25,
  'frames lost': 25,
};

/** How much longer or shorter the way is that unchanged frames went through the sound, in samples. */
function leftOut(run: PlayoutRun): number {
  const found = run.places.flatMap((place, pull) => (place === null ? [] : [{ place, pull }]));
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return Number.NaN;
  return last.place - first.place - (last.pull - first.pull) * FRAME_SAMPLES;
}

describe.each(['speech', 'a gliding tone'])('playout of %s', kind => {
  let sound: Int16Array;
  const runs = new Map<string, PlayoutRun>();

  beforeAll(async () => {
    const whole = kind === 'speech' ? await spokenSound(2) : glidingSound(SECONDS);
    sound = whole.subarray(0, FRAMES * FRAME_SAMPLES);
    for (const trace of traces) runs.set(trace.name, runPlayout(trace, sound));
  });

  const runOf = (name: string): PlayoutRun => {
    const run = runs.get(name);
    if (run === undefined) throw new Error(`No run of ${name}`);
    return run;
  };

  describe.each(traces.map(({ name }) => name))('over %s', name => {
    it('is heard as it was said, but for what is declared', () => {
      const { places, figures } = runOf(name);
      const { late, missing, droppedMs, insertedMs } = figures;
      const begun = places.slice(places.findIndex(place => place !== null));
      const changed = begun.filter(place => place === null).length;
      expect(changed).toBeLessThanOrEqual(2 + 2 * (late + missing) + (droppedMs + insertedMs) / 4);
    });

    it('leaves out and puts in as much as it says', () => {
      const run = runOf(name);
      const { late, droppedMs, insertedMs, overflowMs } = run.figures;
      const declared = (droppedMs + overflowMs - insertedMs - late * 20) * 8;
      // Of a piece counted as late only a part may have been made up.
      expect(Math.abs(leftOut(run) - declared)).toBeLessThanOrEqual(late > 0 ? 160 : 0);
    });

    it('has no click', () => {
      const heard = roughness(runOf(name).heard);
      const said = roughness(sound);
      expect(heard.step).toBeLessThan(1.1 * said.step);
      expect(heard.bend).toBeLessThan(1.2 * said.bend);
    });

    it('is late by no more than the trace makes necessary', () => {
      const added = runOf(name)
        .added.filter(({ pull }) => pull > FRAMES / 2)
        .map(({ ms }) => ms)
        .sort((a, b) => a - b);
      expect(added.length).toBeGreaterThan(FRAMES / 3);
      expect(added[Math.floor(added.length * 0.95)]).toBeLessThan(MOST_ADDED_MS[name] ?? 0);
    });
  });

  it('loses nothing where only the arrival is uneven, and conceals only until it knows', () => {
    for (const name of ['steady', 'timers 3 ms late', 'always in tens', 'chunks twice']) {
      expect(runOf(name).figures).toMatchObject({ late: 0, missing: 0, overflowMs: 0 });
    }
    for (const name of ['50 ms jitter', 'wireless', '200 ms bursts']) {
      expect(runOf(name).figures.late).toBeLessThanOrEqual(10);
      expect(runOf(name).figures).toMatchObject({ missing: 0, overflowMs: 0 });
    }
  });

  it('has caught up two seconds after a stall', () => {
    const { added, figures } = runOf('2 s stall');
    expect(figures.overflowMs).toBeLessThanOrEqual(1440);
    const mostAfter = (pulls: number): number =>
      Math.max(...added.filter(({ pull }) => pull > pulls).map(({ ms }) => ms));
    expect(mostAfter(600)).toBeLessThan(100);
    expect(mostAfter(800)).toBeLessThan(45);
  });

  it('counts every frame that was lost', () => {
    const trace = traces.find(({ name }) => name === 'frames lost');
    const received = trace?.arrivals.length ?? 0;
    expect(runOf('frames lost').figures).toMatchObject({
      received,
      missing: FRAMES - received,
      late: 0,
    });
  });
});

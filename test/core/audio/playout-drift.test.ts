import { beforeAll, describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../../electron/core/audio/mulaw.ts';
import { PlayoutBuffer } from '../../../electron/core/audio/playout-buffer.ts';
import { roughness } from '../../support/playout-run.ts';
import { spokenSound } from '../../support/spoken-sound.ts';

const HOURS = 10;
const PULLS = HOURS * 3600 * 50;
const SETTLED_PULLS = 1000;

describe.each([200, -200])('ten hours of a sound card that is off by %s ppm', ppm => {
  const buffer = new PlayoutBuffer();
  let step = 0;
  let bend = 0;
  let deepestMs = 0;
  let latestMs = 0;
  let said = { step: 0, bend: 0 };

  beforeAll(async () => {
    const speech = await spokenSound(1);
    const frames = Math.floor(speech.length / FRAME_SAMPLES);
    const looped = speech.subarray(0, frames * FRAME_SAMPLES);
    said = roughness(Int16Array.from([...looped, ...looped]));
    const mulaw = encodeMulaw(looped);
    const payloads = Array.from({ length: frames }, (_, i) =>
      mulaw.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES),
    );
    const everyMs = 20 * (1 + ppm / 1e6);
    let sent = 0;
    let before = 0;
    let stepBefore = 0;
    for (let pull = 0; pull < PULLS; pull += 1) {
      const nowMs = 7 + pull * everyMs;
      for (; (sent + 1) * 20 <= nowMs; sent += 1) {
        const payload = payloads[sent % frames];
        if (payload !== undefined) buffer.push(sent * 20, (sent + 1) * 20, payload);
      }
      const frame = buffer.pull(nowMs);
      for (let i = 0; i < FRAME_SAMPLES; i += 1) {
        const sample = frame[i] ?? 0;
        const stepNow = sample - before;
        if (stepNow > step || -stepNow > step) step = Math.abs(stepNow);
        const bendNow = stepNow - stepBefore;
        if (bendNow > bend || -bendNow > bend) bend = Math.abs(bendNow);
        before = sample;
        stepBefore = stepNow;
      }
      if (pull < SETTLED_PULLS || pull % 50 !== 0) continue;
      const { depthMs, addedMs } = buffer.figures;
      deepestMs = Math.max(deepestMs, depthMs);
      latestMs = Math.max(latestMs, addedMs);
    }
  });

  it('has no click', () => {
    expect(step).toBeLessThan(1.1 * said.step);
    expect(bend).toBeLessThan(1.2 * said.bend);
  });

  it('never grows deeper or later', () => {
    expect(deepestMs).toBeLessThanOrEqual(40);
    expect(latestMs).toBeLessThan(30);
  });

  it('makes up for the drift and for nothing else', () => {
    const { droppedMs, insertedMs, late, missing, overflowMs } = buffer.figures;
    expect({ late, missing, overflowMs }).toEqual({ late: 0, missing: 0, overflowMs: 0 });
    const driftMs = HOURS * 3600 * 1000 * (ppm / 1e6);
    expect(Math.abs(droppedMs - insertedMs - driftMs)).toBeLessThan(50);
  });
});

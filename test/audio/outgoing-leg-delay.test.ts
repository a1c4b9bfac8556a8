import { describe, expect, it } from 'vitest';
import { OutgoingLeg } from '../../electron/audio/outgoing-leg.ts';
import { FRAME_MS, FRAME_SAMPLES, type Frame } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { asOnTheWire } from '../support/gliding-sound.ts';

const SAMPLE_MS = FRAME_MS / FRAME_SAMPLES;

/** The delay is measured where the microphone becomes louder than this. */
const LOUD = 6500;

/** The voice is louder every other 10 s. */
const LOUDNESS_FRAMES = 500;

/** The steps from one sample to the next. */
function stepMeter() {
  let last = 0;
  let largest = 0;
  return {
    take: (samples: Int16Array): void => {
      for (const sample of samples) {
        const step = Math.abs(sample - last);
        if (step > largest) largest = step;
        last = sample;
      }
    },
    largest: () => largest,
  };
}

/** The largest step in these frames as they would go out unchanged. */
function largestStep(frames: readonly Frame[]): number {
  const meter = stepMeter();
  for (const frame of frames) meter.take(asOnTheWire(frame));
  return meter.largest();
}

/** A leg whose far end plays all that comes, and a microphone that delivers when it likes. */
function openMicrophone() {
  const clock = fakeClock(0);
  const delays: number[] = [];
  const sent = stepMeter();
  let wasLoudAtMs: number | null = null;
  let endMs = 0;
  let holeMs = 0;
  let frames = 0;
  const leg = new OutgoingLeg(clock, () => {});
  leg.connect({
    ready: () => true,
    mark: () => {},
    clear: () => {},
    send: mulaw => {
      const samples = decodeMulaw(mulaw);
      sent.take(samples);
      frames += 1;
      const startMs = Math.max(endMs, clock.now());
      holeMs += endMs === 0 ? 0 : startMs - endMs;
      endMs = startMs + FRAME_MS;
      if (wasLoudAtMs === null) return true;
      const at = samples.findIndex(sample => sample > LOUD);
      if (at < 0) return true;
      delays.push(startMs + at * SAMPLE_MS - wasLoudAtMs);
      wasLoudAtMs = null;
      return true;
    },
  });
  /** Speaks the first frame that is loud, of which the delay is measured. */
  const speakLoud = (frame: Frame): void => {
    const at = asOnTheWire(frame).findIndex(sample => sample > LOUD);
    wasLoudAtMs = clock.now() + at * SAMPLE_MS - FRAME_MS;
    leg.speak(frame);
  };
  return { clock, leg, speakLoud, delays, sent, holeMs: () => holeMs, frames: () => frames };
}

/** So much of a voice that never pauses: 12 harmonics, their pitch going up and down by 4 %, every other 10 s louder. */
function voice(hz: number, frames: number): Frame[] {
  const wave = Float64Array.from({ length: 1000 }, (_, i) => {
    let sum = 0;
    for (let k = 1; k <= 12; k += 1) sum += Math.cos((2 * Math.PI * k * i) / 1000) / (k + 1);
    return sum;
  });
  const top = Math.max(...wave);
  let phase = 0;
  let at = 0;
  return Array.from({ length: frames }, (_, frame) => {
    const peak = Math.floor(frame / LOUDNESS_FRAMES) % 2 === 0 ? 6000 : 7500;
    return Int16Array.from({ length: FRAME_SAMPLES }, () => {
      at += 1;
      phase += (hz / 8000) * (1 + 0.04 * Math.sin((2 * Math.PI * 5 * at) / 8000));
      return Math.round((peak * (wave[Math.floor(phase * 1000) % 1000] ?? 0)) / top);
    });
  });
}

describe.each([60, 160, 1000])('after the microphone stalled for %d ms', stallMs => {
  /** Speaks for 2 s, stalls, delivers what was held up, and speaks on. The first loud frame comes 10 s after the beginning. */
  function stall(frames: readonly Frame[]) {
    const open = openMicrophone();
    const heldUp = Math.floor(stallMs / FRAME_MS);
    let holeMs = 0;
    for (const [i, frame] of frames.entries()) {
      const delayed = i >= 100 && i < 100 + heldUp;
      open.clock.advance(i === 100 ? stallMs : delayed ? 0 : FRAME_MS);
      if (i === LOUDNESS_FRAMES) open.speakLoud(frame);
      else open.leg.speak(frame);
      if (i === 100) holeMs = open.holeMs();
    }
    return { ...open, laterHolesMs: open.holeMs() - holeMs };
  }

  it('its delay is gone after some seconds of quiet', () => {
    const quiet = Array.from({ length: LOUDNESS_FRAMES }, () =>
      new Int16Array(FRAME_SAMPLES).fill(100),
    );
    const loud = Array.from({ length: 10 }, () => new Int16Array(FRAME_SAMPLES).fill(8000));
    const { leg, delays, laterHolesMs } = stall([...quiet, ...loud]);
    expect(delays).toHaveLength(1);
    expect(Math.max(...delays)).toBeLessThanOrEqual(40);
    expect(laterHolesMs).toBeLessThan(1);
    expect(leg.unsentFrames).toBe(0);
  });

  it.each([80, 123.7, 205, 390])('or less than ten of a voice of %d Hz, with no click', hz => {
    const frames = voice(hz, LOUDNESS_FRAMES + 10);
    const { leg, delays, sent, laterHolesMs } = stall(frames);
    expect(delays).toHaveLength(1);
    expect(Math.max(...delays)).toBeLessThanOrEqual(40);
    expect(sent.largest()).toBeLessThanOrEqual(1.1 * largestStep(frames));
    expect(laterHolesMs).toBeLessThan(1);
    expect(leg.unsentFrames).toBe(0);
  });
});

describe('a microphone whose clock is not that of the far end', () => {
  it.each([
    [200, 205],
    [1000, 123.7],
    [-200, 95],
  ])('by %d ppm neither lags nor clicks in an hour of a voice of %d Hz', (ppm, hz) => {
    const { clock, leg, speakLoud, delays, sent, holeMs, frames } = openMicrophone();
    const spoken = voice(hz, 2 * LOUDNESS_FRAMES);
    const everyMs = FRAME_MS / (1 + ppm / 1e6);
    const count = Math.floor(3_600_000 / everyMs);
    for (let i = 0; i < count; i += 1) {
      clock.advance((i + 1) * everyMs - clock.now());
      const frame = spoken[i % spoken.length] ?? new Int16Array(FRAME_SAMPLES);
      if (i % spoken.length === LOUDNESS_FRAMES) speakLoud(frame);
      else leg.speak(frame);
    }
    expect(delays.length).toBeGreaterThanOrEqual(179);
    expect(Math.max(...delays)).toBeLessThanOrEqual(60);
    expect(sent.largest()).toBeLessThanOrEqual(1.1 * largestStep(spoken));
    // What a slow microphone does not say is missing, and nothing else.
    expect(holeMs()).toBeCloseTo(ppm < 0 ? 720 : 0, -1);
    const leftOut = ppm < 0 ? 0 : (count * ppm) / 1e6;
    expect(Math.abs(count - frames() - leftOut)).toBeLessThan(2);
    expect(leg.unsentFrames).toBe(0);
  });
});

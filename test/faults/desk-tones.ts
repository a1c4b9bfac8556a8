import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';

/** How loud the desk speaks: a loud voice. */
const PEAK = 8000;

/** So far apart are two tones of which both are whole waves in a frame, in Hz. */
const APART_HZ = 50;

/** How many there are: from 2200 Hz, above every note of the hold music, to the end of a telephone's band. */
const COUNT = 25;

/** One after the other they are far apart: a frame in which one ends and the next begins shows both. */
const STEP = 7;

/** What the desk says, in Hz. Each is whole waves in 20 ms, so that none is found in another. */
const DESK_TONES: readonly number[] = Array.from(
  { length: COUNT },
  (_, i) => 2200 + APART_HZ * ((i * STEP) % COUNT),
);

/** A frame of each, each frame like the next. */
export const DESK_FRAMES: readonly Int16Array[] = DESK_TONES.map(hz =>
  Int16Array.from(wave(hz, Math.sin), value => Math.round(PEAK * value)),
);

const WAVES = DESK_TONES.map(hz => ({ re: wave(hz, Math.cos), im: wave(hz, Math.sin) }));

function wave(hz: number, of: (angle: number) => number): Float64Array {
  return Float64Array.from({ length: FRAME_SAMPLES }, (_, i) =>
    of((2 * Math.PI * hz * i) / SAMPLE_RATE_HZ),
  );
}

/** How strong each tone of the desk is in a frame, as the amplitude of its sine. */
export function deskAmplitudes(frame: Int16Array): readonly number[] {
  return WAVES.map(({ re, im }) => {
    let x = 0;
    let y = 0;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      x += (frame[i] ?? 0) * (re[i] ?? 0);
      y += (frame[i] ?? 0) * (im[i] ?? 0);
    }
    return (2 * Math.hypot(x, y)) / FRAME_SAMPLES;
  });
}

import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import { LEAD_FRAMES } from '../../electron/core/audio/pacer.ts';
import { amplitudeAt } from '../support/tones.ts';

/** What each says all the time, in Hz: whole waves in any 20 ms, so that none is found in another. */
export const TONES = { customer: 500, agent: 900, desk: 1700 } as const;

/** Somebody who says a tone. */
type Voice = keyof typeof TONES;

const VOICES = ['customer', 'agent', 'desk'] as const satisfies readonly Voice[];

/** A tone is heard from this amplitude on: half as loud as the softest of them. */
const HEARD = 2900;

/** A tone is silent below this amplitude: µ-law's noise and hold music stay below. */
const SILENT = 300;

/**
 * How long somebody who was meant to hear the desk may hear it after the gate was shut, in ms: what was
 * said before and is still on its way. The desk is ahead of the wire by the lead of its sender, which the
 * `clear` takes back unless it is played by then; then come the seat's jitter buffer (`small`, 20 ms), and a
 * frame each for the clocks of the seat's leg and of the conference. Where the computer stood still these
 * clocks are apart by some frames more, which stay in the practice line's buffers: three are allowed of five.
 */
export const TAIL_MS = LEAD_FRAMES * FRAME_MS + 20 + 2 * FRAME_MS + 3 * FRAME_MS;

/**
 * What an accelerated clock adds to it, in ms for each time it is faster than real: the computer itself needs
 * 40 ms at most until a message from socket to socket is read.
 */
const HURRY_MS = 40;

/**
 * How long a seat that another desk changed may be heard by others, in ms: conferences of other applications
 * tell this desk nothing, so it is seen by its next reading, every 500 ms while it may be heard, and
 * what was said by then is still on its way.
 */
export const SEAT_READ_MS = 500 + TAIL_MS + 2 * HURRY_MS;

/** A stretch of what somebody heard in which they were meant to hear the desk. */
export type Meant = {
  readonly sid: string;
  readonly fromSample: number;
  /** Null while they are still meant to. */
  toSample: number | null;
};

/** Of so many frames one must carry a tone: a computer that is busy loses sound for moments. */
const SPARSE = 4;

/** Whose tones are heard in samples; one that is neither heard nor silent is told as `?`. */
export function voicesIn(samples: Int16Array): readonly string[] {
  const frames = framesIn(samples);
  return VOICES.flatMap(voice => {
    const amplitudes = frames.map(frame => amplitudeAt(frame, TONES[voice]));
    const heard = amplitudes.filter(amplitude => amplitude > HEARD).length;
    if (heard * SPARSE >= frames.length && heard > 0) return [voice];
    return amplitudes.every(amplitude => amplitude < SILENT) ? [] : [`${voice}?`];
  });
}

/** The moments in which somebody heard the desk and was not meant to, in words, one for each 20 ms. @param speed how much faster than real it was */
export function leaksIn(
  heard: Int16Array,
  meant: readonly Meant[],
  speed: number,
): readonly string[] {
  const tail = ((TAIL_MS + (speed - 1) * HURRY_MS) * SAMPLE_RATE_HZ) / 1000;
  return framesIn(heard).flatMap((frame, i) => {
    const at = i * FRAME_SAMPLES;
    const isMeant = meant.some(
      ({ fromSample, toSample }) =>
        at >= fromSample && at < (toSample ?? Number.POSITIVE_INFINITY) + tail,
    );
    if (isMeant || amplitudeAt(frame, TONES.desk) < SILENT) return [];
    const before = meant.findLast(({ toSample }) => toSample !== null && toSample <= at);
    const since =
      before?.toSample == null ? '' : `, ${(at - before.toSample) / 8} ms after the gate`;
    return [`at ${at / 8} ms${since}`];
  });
}

/** Samples cut into whole frames. */
export function framesIn(samples: Int16Array): readonly Int16Array[] {
  const count = Math.floor(samples.length / FRAME_SAMPLES);
  return Array.from({ length: count }, (_, i) =>
    samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES),
  );
}

import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { amplitudeAt } from '../support/tones.ts';
import { deskAmplitudes } from './desk-tones.ts';

/** What the others say all the time, in Hz: whole waves in any 20 ms, so that none is found in another. */
export const TONES = { customer: 500, agent: 900 } as const;

/** How strong a voice is in a frame, as the amplitude of its sine. */
const AMPLITUDES = {
  customer: (frame: Int16Array) => amplitudeAt(frame, TONES.customer),
  agent: (frame: Int16Array) => amplitudeAt(frame, TONES.agent),
  desk: (frame: Int16Array) => Math.max(...deskAmplitudes(frame)),
};

const VOICES = ['customer', 'agent', 'desk'] as const;

/** A tone is heard from this amplitude on: half as loud as the softest of them. */
const HEARD = 2900;

/** A tone is silent below this amplitude: µ-law's noise and hold music stay below. */
const SILENT = 300;

/** Of so many frames one must carry a tone: a computer that is busy loses sound for moments. */
const SPARSE = 4;

/** Whose tones are heard in samples; one that is neither heard nor silent is told as `?`. */
export function voicesIn(samples: Int16Array): readonly string[] {
  const frames = framesIn(samples);
  return VOICES.flatMap(voice => {
    const amplitudes = frames.map(AMPLITUDES[voice]);
    const heard = amplitudes.filter(amplitude => amplitude > HEARD).length;
    if (heard * SPARSE >= frames.length && heard > 0) return [voice];
    return amplitudes.every(amplitude => amplitude < SILENT) ? [] : [`${voice}?`];
  });
}

/** Samples cut into whole frames. */
export function framesIn(samples: Int16Array): readonly Int16Array[] {
  const count = Math.floor(samples.length / FRAME_SAMPLES);
  return Array.from({ length: count }, (_, i) =>
    samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES),
  );
}

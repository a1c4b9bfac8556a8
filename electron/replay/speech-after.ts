import { FRAME_SAMPLES } from '../core/audio/frame.ts';
import { SPEECH_LEVEL } from '../core/audio/level.ts';
import type { WaveformRecord } from '../core/audio/waveform-record.ts';

/** Frames looked at together: 20 s. */
const STRETCH_FRAMES = 1000;

/** Where a side is loud again when both are quiet at a place; the place itself when one is not. @param at sample of the call */
export function speechAfter(waveform: WaveformRecord, at: number): number {
  const frame = Math.floor(at / FRAME_SAMPLES);
  for (let first = frame; first < waveform.length; first += STRETCH_FRAMES) {
    const { them, us } = waveform.part(1, first, STRETCH_FRAMES);
    for (let i = 0; i < them.length; i += 1) {
      const loud = Math.max(them[i] ?? 0, us[i] ?? 0) >= SPEECH_LEVEL;
      if (loud) return first + i === frame ? at : (first + i) * FRAME_SAMPLES;
    }
  }
  return waveform.length * FRAME_SAMPLES;
}

import { FRAME_SAMPLES, type Frame } from '../../electron/core/audio/frame.ts';
import { createDownsampler } from './phone-rate.ts';

const LOUDEST = 32_767;

/**
 * Takes what the page's microphone picks up and gives frames of 20 ms at the phone's rate.
 * @param onFrame the array is used again: copy what is kept
 */
export function createMicrophoneVoice(
  onFrame: (frame: Frame) => void,
): (block: Float32Array) => void {
  const frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  return createDownsampler(sample => {
    frame[filled] = Math.round(Math.max(-1, Math.min(1, sample)) * LOUDEST);
    filled += 1;
    if (filled < FRAME_SAMPLES) return;
    filled = 0;
    onFrame(frame);
  });
}

import { FRAME_SAMPLES, type Frame } from '../core/audio/frame.ts';
import type { NoiseSuppressor } from './noise-suppressor.ts';
import type { Resampler } from './resampler.ts';
import { createSampleQueue } from './sample-queue.ts';

/** The way of sound from a microphone to a call. */
type MicrophoneWay = {
  readonly channels: number;
  /** From the card's rate to 8 kHz, or from 48 kHz when noise is taken out before. */
  readonly toPhone: Resampler;
  /** Takes noise out at 48 kHz, where the card's own rate is brought to first. */
  readonly noise: { readonly toFull: Resampler; readonly suppressor: NoiseSuppressor } | null;
};

/**
 * Takes a microphone's pieces, channels interleaved, and gives frames of 20 ms at 8 kHz. More than one
 * channel is heard as the mean of the first two.
 */
export function createMicrophoneFeed(
  { channels, toPhone, noise }: MicrophoneWay,
  onFrame: (frame: Frame) => void,
): (piece: Int16Array) => void {
  const ready = createSampleQueue();
  return piece => {
    const mono = channels === 1 ? piece : downMixed(piece, channels);
    const clean = noise === null ? mono : noise.suppressor.suppress(noise.toFull.convert(mono));
    ready.push(toPhone.convert(clean));
    while (ready.length() >= FRAME_SAMPLES) onFrame(ready.take(FRAME_SAMPLES));
  };
}

function downMixed(piece: Int16Array, channels: number): Int16Array {
  const mono = new Int16Array(Math.floor(piece.length / channels));
  for (let i = 0; i < mono.length; i += 1) {
    mono[i] = ((piece[i * channels] ?? 0) + (piece[i * channels + 1] ?? 0)) / 2;
  }
  return mono;
}

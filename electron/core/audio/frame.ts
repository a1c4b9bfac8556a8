/** Samples per second on a phone call (G.711; Twilio Media Streams send audio/x-mulaw at 8000 Hz). */
export const SAMPLE_RATE_HZ = 8000;

/** Length of one frame in milliseconds (Twilio sends one media message per 20 ms). */
export const FRAME_MS = 20;

/** Samples in one frame: 160. */
export const FRAME_SAMPLES = (SAMPLE_RATE_HZ * FRAME_MS) / 1000;

/** 20 ms of one voice: 160 signed 16-bit samples at 8 kHz, mono. */
export type Frame = Int16Array;

/** 20 ms for two ears: 160 pairs of left and right, 16 bits, 8 kHz. */
export type StereoFrame = Int16Array;

/** A frame in which nobody speaks. Shared: never write to it. */
export const SILENCE: Frame = new Int16Array(FRAME_SAMPLES);

/** Cuts samples of any length into frames, the last one filled up with silence. */
export function framesOf(samples: Int16Array): Frame[] {
  const frames: Frame[] = [];
  for (let start = 0; start < samples.length; start += FRAME_SAMPLES) {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(samples.subarray(start, start + FRAME_SAMPLES));
    frames.push(frame);
  }
  return frames;
}

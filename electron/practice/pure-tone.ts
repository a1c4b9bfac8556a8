import type { Frame } from '../core/audio/frame.ts';

/** Mean square under which nothing is heard: −42 dB of full scale, as for voice. */
const AUDIBLE = 260 ** 2;

/** How much of a frame's energy may be anything but its strongest tone. */
const IMPURITY = 0.02;

/**
 * Whether a frame is one steady tone, such as a beep. Any sine satisfies x[n+1] + x[n−1] = c·x[n]
 * with one c for its frequency; what the best c leaves over is everything else in the frame.
 */
export function isPureTone(frame: Frame): boolean {
  let energy = 0;
  let cross = 0;
  let neighbours = 0;
  for (let at = 1; at + 1 < frame.length; at += 1) {
    const sample = frame[at] ?? 0;
    const around = (frame[at - 1] ?? 0) + (frame[at + 1] ?? 0);
    energy += sample * sample;
    cross += sample * around;
    neighbours += around * around;
  }
  if (energy / frame.length < AUDIBLE) return false;
  return neighbours - (cross * cross) / energy < IMPURITY * energy;
}

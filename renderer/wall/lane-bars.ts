import {
  barHeight,
  framesPerBar,
  type LaneSize,
  SPEECH_BAR_LEVEL,
} from '../waveform/waveform-geometry.ts';

/** Bars kept: more than any lane of the wall shows. */
const BARS_KEPT = 512;

/** Draws one bar, in CSS pixels from the top left of the lane. */
type DrawBar = (x: number, y: number, height: number, speech: boolean) => void;

/**
 * The bars of a small lane, as `eachBar` places them (waveform/waveform-geometry), but each loudness is
 * worked out once: fifty lanes are painted sixty times a second.
 * @param levelOf the level of a frame, 0 to 255
 */
export function createLaneBars(
  levelOf: (frame: number) => number,
): (head: number, end: number, size: LaneSize, draw: DrawBar) => void {
  const loudness = new Float32Array(BARS_KEPT);
  const peaks = new Uint8Array(BARS_KEPT);
  // Each slot tells which bar it has; -1 none.
  const bars = new Int32Array(BARS_KEPT).fill(-1);
  let frames = 0;
  let ended = 0;

  const measure = (bar: number, end: number): number => {
    const slot = bar % BARS_KEPT;
    if (bars[slot] === bar) return slot;
    let peak = 0;
    let sum = 0;
    for (let frame = bar * frames; frame < (bar + 1) * frames; frame += 1) {
      const level = levelOf(frame);
      if (level > peak) peak = level;
      sum += level;
    }
    loudness[slot] = 0.7 * peak + (0.3 * sum) / frames;
    peaks[slot] = peak;
    // A bar whose frames are not all here yet is measured again.
    bars[slot] = (bar + 1) * frames <= end ? bar : -1;
    return slot;
  };

  return (head, end, size, draw) => {
    const perBar = framesPerBar(size);
    // Another size, or another stream whose frames begin at 0 again: all is measured anew.
    if (perBar !== frames || end < ended) bars.fill(-1);
    frames = perBar;
    ended = end;
    const newest = Math.floor((head - 1) / frames);
    const oldest = Math.max(0, Math.floor((head - (size.width / size.pitch) * frames) / frames));
    for (let bar = newest; bar >= oldest; bar -= 1) {
      const slot = measure(bar, end);
      const height = barHeight(loudness[slot] ?? 0, size.height);
      const x = size.width - ((head - bar * frames) / frames) * size.pitch;
      draw(x, (size.height - height) / 2, height, (peaks[slot] ?? 0) >= SPEECH_BAR_LEVEL);
    }
  };
}

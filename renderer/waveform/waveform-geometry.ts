/** Seconds of a call that a lane shows. */
export const LANE_SECONDS = 15;

/** Length of one frame. Source: Twilio Media Streams, 160 samples at 8 kHz. */
export const FRAME_MS = 20;

/** Level from which a bar counts as speech: about -36 dBFS on the byte scale of signals. */
export const SPEECH_BAR_LEVEL = 102;

/** A lane in CSS pixels, and how far apart its bars stand. */
export type LaneSize = {
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
};

/** One bar, in CSS pixels from the top left of the lane. */
export type Bar = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly speech: boolean;
};

const FLOOR_LEVEL = 48;
const LOWEST_BAR = 2;

/** Frames folded into one bar, so that the whole lane shows about 15 s. */
export function framesPerBar({ width, pitch }: LaneSize): number {
  const bars = Math.max(1, width / pitch);
  return Math.max(1, Math.round((LANE_SECONDS * 1000) / FRAME_MS / bars));
}

/**
 * The bars of a lane, newest at the right edge. `head` is the frame at that edge and may be a fraction.
 * Bars cover fixed groups of frames, so that a bar keeps its height while it moves.
 */
export function eachBar(
  levelOf: (frame: number) => number,
  head: number,
  size: LaneSize,
  draw: (bar: Bar) => void,
): void {
  const frames = framesPerBar(size);
  const width = Math.max(1, size.pitch * 0.6);
  const newest = Math.floor((head - 1) / frames);
  const oldest = Math.max(0, Math.floor((head - (size.width / size.pitch) * frames) / frames));
  for (let group = newest; group >= oldest; group -= 1) {
    const x = size.width - ((head - group * frames) / frames) * size.pitch;
    const { peak, mean } = loudnessOf(levelOf, group * frames, frames);
    const height = barHeight(0.7 * peak + 0.3 * mean, size.height);
    const y = (size.height - height) / 2;
    draw({ x, y, width, height, speech: peak >= SPEECH_BAR_LEVEL });
  }
}

/** What a lane shows when `head` is the frame at its right edge, in ms of the call's sound. */
export function laneView(
  head: number,
  size: LaneSize,
): { readonly fromMs: number; readonly toMs: number } {
  const toMs = head * FRAME_MS;
  return { fromMs: toMs - (size.width / size.pitch) * framesPerBar(size) * FRAME_MS, toMs };
}

/** Bends decibels towards what an ear calls loud, so that syllables stand out from one another. */
const CURVE = 1.6;

/** Height of a bar in a lane: by loudness above the noise floor, never quite nothing. */
export function barHeight(level: number, laneHeight: number): number {
  const above = Math.max(0, (level - FLOOR_LEVEL) / (255 - FLOOR_LEVEL));
  return Math.max(LOWEST_BAR, above ** CURVE * (laneHeight - 2));
}

/**
 * Where the right edge of a lane is `elapsedMs` later: it glides a little behind the newest frame
 * (`end`), so that frames arriving in batches still move evenly.
 */
export function advanceHead(head: number, end: number, elapsedMs: number): number {
  const wanted = end - GLIDE_FRAMES;
  if (Math.abs(wanted - head) > JUMP_FRAMES) return Math.max(0, end);
  const speed = 1 + Math.max(-1, Math.min(1, (wanted - head) * 0.1));
  return Math.max(0, Math.min(end, head + (elapsedMs / FRAME_MS) * speed));
}

const GLIDE_FRAMES = 3;
const JUMP_FRAMES = 50;

function loudnessOf(
  levelOf: (frame: number) => number,
  first: number,
  count: number,
): { readonly peak: number; readonly mean: number } {
  let peak = 0;
  let sum = 0;
  for (let frame = first; frame < first + count; frame += 1) {
    const level = levelOf(frame);
    peak = Math.max(peak, level);
    sum += level;
  }
  return { peak, mean: sum / count };
}

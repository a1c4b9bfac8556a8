import { barHeight, FRAME_MS, SPEECH_BAR_LEVEL } from './waveform-geometry.ts';

/** One bar of a strip: its left edge and height in CSS pixels. */
export type StripBar = {
  readonly x: number;
  readonly height: number;
  readonly speech: boolean;
};

/** A strip in CSS pixels, and how far apart its bars stand. */
export type StripSize = { readonly width: number; readonly height: number; readonly pitch: number };

/** How many frames one bar stands for when a strip shows `spanMs`. */
export function framesPerStripBar(spanMs: number, { width, pitch }: StripSize): number {
  return Math.max(1, spanMs / FRAME_MS / Math.max(1, width / pitch));
}

/**
 * The bars of a strip that shows the sound between two times. Bars cover fixed stretches of the call,
 * so that a bar keeps its height while the strip moves.
 * @param peakOf the loudest level between two frames
 */
export function eachStripBar(
  peakOf: (fromFrame: number, toFrame: number) => number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  size: StripSize,
  draw: (bar: StripBar) => void,
): void {
  const frames = framesPerStripBar(toMs - fromMs, size);
  const first = Math.floor(fromMs / FRAME_MS / frames);
  const last = Math.ceil(toMs / FRAME_MS / frames);
  for (let group = Math.max(0, first); group < last; group += 1) {
    const peak = peakOf(Math.floor(group * frames), Math.ceil((group + 1) * frames));
    if (peak < 0) continue;
    const x = (group - fromMs / FRAME_MS / frames) * size.pitch;
    draw({ x, height: barHeight(peak, size.height), speech: peak >= SPEECH_BAR_LEVEL });
  }
}

import { FRAME_MS, SPEECH_BAR_LEVEL } from './waveform-geometry.ts';

const PAUSE_FRAMES = 25;

/** The text twin of a lane: `speaking`, `silent 4 s`, empty before the first frame. */
export function speechRun(levelOf: (frame: number) => number, end: number, kept: number): string {
  if (end === 0) return '';
  const oldest = Math.max(0, end - kept);
  let frame = end - 1;
  while (frame >= oldest && levelOf(frame) < SPEECH_BAR_LEVEL) frame -= 1;
  const silentFrames = end - 1 - frame;
  if (silentFrames < PAUSE_FRAMES) return 'speaking';
  const seconds = Math.max(1, Math.floor((silentFrames * FRAME_MS) / 1000));
  return frame < oldest && oldest > 0 ? `silent over ${seconds} s` : `silent ${seconds} s`;
}

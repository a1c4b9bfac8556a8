import type { Waveform } from '../../electron/core/signals.ts';
import type { Side } from '../waveform/level-ring.ts';
import { SPEECH_BAR_LEVEL } from '../waveform/waveform-geometry.ts';

/** The moment somebody else begins to speak, in ms of the call's sound. */
export type Turn = { readonly atMs: number; readonly side: Side };

/** Somebody has the turn who spoke for so long, in ms: a shorter sound is a cough or a yes. */
const TURN_MS = 320;

/** A turn this near behind the playhead is the one being heard: going back passes over it. */
const HEARD_MS = 1500;

/** A turn this near ahead is as good as reached, in ms. */
const REACHED_MS = 100;

/**
 * Each change of who speaks, in order. Who is louder has the word, from `SPEECH_BAR_LEVEL` on; a pause
 * changes nothing.
 * @param msPerByte how long each byte of the waveform is @param fromMs where its first byte stands
 */
export function turnsOf({ them, us }: Waveform, msPerByte: number, fromMs = 0): readonly Turn[] {
  const needed = Math.max(1, Math.round(TURN_MS / msPerByte));
  const turns: Turn[] = [];
  let speaking: Side | null = null;
  let run: { side: Side; first: number; length: number } | null = null;
  for (let index = 0; index < Math.max(them.length, us.length); index += 1) {
    const side = speakerAt(them[index] ?? 0, us[index] ?? 0);
    if (side === null) continue;
    if (run === null || run.side !== side) run = { side, first: index, length: 0 };
    run.length += 1;
    if (run.length < needed || side === speaking) continue;
    speaking = side;
    turns.push({ atMs: fromMs + run.first * msPerByte, side });
  }
  return turns;
}

/** Where the next turn begins, or the one before; null when there is none in that direction. */
export function turnFrom(turns: readonly Turn[], atMs: number, step: 1 | -1): number | null {
  if (step > 0) return turns.find(turn => turn.atMs > atMs + REACHED_MS)?.atMs ?? null;
  return turns.findLast(turn => turn.atMs < atMs - HEARD_MS)?.atMs ?? null;
}

function speakerAt(them: number, us: number): Side | null {
  if (Math.max(them, us) < SPEECH_BAR_LEVEL) return null;
  return them >= us ? 'them' : 'us';
}

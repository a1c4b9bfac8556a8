import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { levelOf } from '../../electron/core/audio/level.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { type Side, SoundTape, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import { WaveformRecord } from '../../electron/core/audio/waveform-record.ts';

/** The kept sound of a call, to which samples can be added. */
export function openTape() {
  const tape = new SoundTape(tapeBudget());
  const waveform = new WaveformRecord();
  /** Puts whole frames on the tape. @param at sample of the call; where that side ends unless told */
  const keep = (samples: Int16Array, side: Side = 'them', at = tape.endOf(side)): void => {
    tape.write(side, at, encodeMulaw(samples));
    for (let from = 0; from < samples.length; from += FRAME_SAMPLES) {
      const frame = Math.floor((at + from) / FRAME_SAMPLES);
      waveform.note(side, frame, levelOf(samples.subarray(from, from + FRAME_SAMPLES)));
    }
  };
  return { tape, waveform, keep };
}

/** Pieces of a tone and of quiet in turn, as µ-law would leave them: lengths in ms, the tone first. */
export function turns(...lengthsMs: readonly number[]): Int16Array {
  const samples: number[] = [];
  for (const [i, ms] of lengthsMs.entries()) {
    for (let at = 0; at < ms * 8; at += 1) {
      samples.push(i % 2 === 0 ? Math.round(6000 * Math.sin((Math.PI * at) / 10)) : 0);
    }
  }
  return Int16Array.from(samples);
}

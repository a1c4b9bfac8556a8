import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { decodeMulaw } from '../core/audio/mulaw.ts';
import type { Side, SoundTape } from '../core/audio/sound-tape.ts';
import type { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { SoundSource } from './sound-source.ts';
import { speechAfter } from './speech-after.ts';

/**
 * What is sent is on the tape before what is heard meanwhile has arrived, by as much as that is late. A
 * live call reaches as far as the other side was heard; should nothing come of it for so long, so far
 * behind what was sent: 1 s.
 */
const LONGEST_WAIT = SAMPLE_RATE_HZ;

/** What is kept of a live call's sound. */
type LiveSound = { readonly tape: SoundTape; readonly waveform: WaveformRecord };

/** The last half hour of a call that goes on. @param isLive whether it still does */
export function tapeSource({ tape, waveform }: LiveSound, isLive: () => boolean): SoundSource {
  const side = (name: Side, from: number, to: number): Int16Array =>
    decodeMulaw(tape.read(name, { from, to }));
  const end = (): number =>
    isLive() ? Math.max(tape.endOf('them'), tape.end - LONGEST_WAIT) : tape.end;
  return {
    start: () => tape.start,
    end,
    grows: isLive,
    read: (at, count) => {
      const to = Math.min(end(), at + count);
      if (to <= at) return new Int16Array(0);
      return mixed(side('them', at, to), side('us', at, to));
    },
    speechAfter: at => speechAfter(waveform, at),
    close: () => {},
  };
}

/** Both sides in one voice, saturated. */
function mixed(them: Int16Array, us: Int16Array): Int16Array {
  return them.map((sample, i) => Math.max(-32768, Math.min(32767, sample + (us[i] ?? 0))));
}

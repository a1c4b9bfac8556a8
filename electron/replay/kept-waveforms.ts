import { FRAME_MS } from '../core/audio/frame.ts';
import { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { Recording } from '../core/recording.ts';
import type { Waveform } from '../core/signals.ts';

/** Waveforms kept in memory: those looked at last. */
const KEPT = 8;

/** The waveforms of recorded calls, put together from the levels kept with their recordings. */
export type KeptWaveforms = {
  /** The waveform of these recordings of a call, at their places in it. */
  readonly of: (callId: CallId, recordings: readonly Recording[]) => Promise<WaveformRecord>;
};

/** Makes the collection. @param readLevels the levels of a file; empty when there are none */
export function createKeptWaveforms(
  readLevels: (path: string) => Promise<Waveform>,
): KeptWaveforms {
  const known = new Map<string, Promise<WaveformRecord>>();

  const build = async (recordings: readonly Recording[]): Promise<WaveformRecord> => {
    const waveform = new WaveformRecord();
    for (const { path, offsetMs } of recordings) {
      const { them, us } = await readLevels(path);
      const first = Math.round(offsetMs / FRAME_MS);
      for (const [i, level] of them.entries()) waveform.note('them', first + i, level);
      for (const [i, level] of us.entries()) waveform.note('us', first + i, level);
    }
    return waveform;
  };

  return {
    of: (callId, recordings) => {
      // A recording more, or one deleted, is another waveform.
      const key = `${callId} ${recordings.map(({ id }) => id).join(' ')}`;
      const waveform = known.get(key) ?? build(recordings);
      // What failed is tried again when it is asked for again.
      waveform.catch(() => known.delete(key));
      known.delete(key);
      known.set(key, waveform);
      for (const oldest of known.keys()) {
        if (known.size <= KEPT) break;
        known.delete(oldest);
      }
      return waveform;
    },
  };
}

import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { Recording } from '../core/recording.ts';
import type { SoundSource } from './sound-source.ts';
import { speechAfter } from './speech-after.ts';
import { openWavReader, type WavReader } from './wav-reader.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** A file at its place in the call. */
type PlacedFile = { readonly from: number; readonly reader: WavReader };

/** The recordings of a call, each at its place; silence between them. Rejects with `file-unreadable`. */
export async function keptSource(
  recordings: readonly Recording[],
  waveform: WaveformRecord,
): Promise<SoundSource> {
  const files: PlacedFile[] = [];
  const close = (): void => {
    for (const { reader } of files) void reader.close();
  };
  try {
    for (const { path, offsetMs } of recordings) {
      const from = Math.round(offsetMs * SAMPLES_PER_MS);
      files.push({ from, reader: await openWavReader(path) });
    }
  } catch (error) {
    close();
    throw error;
  }
  files.sort((a, b) => a.from - b.from);
  const end = Math.max(...files.map(({ from, reader }) => from + reader.length));
  return {
    start: () => files[0]?.from ?? 0,
    end: () => end,
    grows: () => false,
    read: (at, count) => {
      const file = files.findLast(({ from }) => from <= at);
      const next = files.find(({ from }) => from > at)?.from ?? end;
      const most = Math.min(count, next - at);
      if (most <= 0) return new Int16Array(0);
      if (file === undefined || at >= file.from + file.reader.length) return new Int16Array(most);
      return file.reader.read(at - file.from, most);
    },
    speechAfter: at => Math.min(end, speechAfter(waveform, at)),
    close,
  };
}

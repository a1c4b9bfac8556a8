import type { Zoom } from '../../electron/core/audio/waveform-record.ts';
import type { WaveformPart } from '../../electron/core/signals.ts';
import type { Side } from './level-ring.ts';

/** Bytes asked for at once. */
const PART_BYTES = 1024;

/** A stretch that was not whole, or could not be had, is asked for again after this, in ms. */
const AGAIN_MS = 1000;

type Part = { levels: WaveformPart | null; askedAt: number; asking: boolean };

/** What is known here of one call's waveform at every zoom, read in parts as they are looked at. */
export type WaveformSource = {
  /** The loudest level of some bytes; -1 while none of them is known. */
  readonly peak: (side: Side, zoom: Zoom, first: number, end: number) => number;
  /** Sees to it that bytes are read. Those not there yet are asked for again. @param now ms, any clock */
  readonly want: (zoom: Zoom, first: number, end: number, now: number) => void;
};

/**
 * Makes a source for one call.
 * @param read how a stretch is read @param changed called after each stretch that arrived
 */
export function createWaveformSource(
  read: (zoom: Zoom, first: number, count: number) => Promise<WaveformPart | null>,
  changed: () => void,
): WaveformSource {
  const parts = new Map<string, Part>();
  const partAt = (zoom: Zoom, index: number) => parts.get(`${zoom}/${index}`);

  const ask = async (zoom: Zoom, index: number, part: Part): Promise<void> => {
    part.asking = true;
    try {
      const levels = await read(zoom, index * PART_BYTES, PART_BYTES);
      part.levels = levels ?? part.levels;
    } catch {
      // The stretch stays unknown and is asked for again when it is looked at again.
    } finally {
      part.asking = false;
      changed();
    }
  };

  return {
    peak(side, zoom, first, end) {
      let peak = -1;
      for (let byte = first; byte < end; byte += 1) {
        const index = Math.floor(byte / PART_BYTES);
        const level = partAt(zoom, index)?.levels?.[side][byte - index * PART_BYTES];
        if (level !== undefined && level > peak) peak = level;
      }
      return peak;
    },
    want(zoom, first, end, now) {
      const last = Math.ceil(end / PART_BYTES);
      for (let index = Math.max(0, Math.floor(first / PART_BYTES)); index < last; index += 1) {
        const known = partAt(zoom, index);
        const have = known?.levels?.them.length ?? 0;
        if (known !== undefined && have >= Math.min(PART_BYTES, end - index * PART_BYTES)) continue;
        if (known !== undefined && (known.asking || now - known.askedAt < AGAIN_MS)) continue;
        const part = known ?? { levels: null, askedAt: now, asking: false };
        part.askedAt = now;
        parts.set(`${zoom}/${index}`, part);
        void ask(zoom, index, part);
      }
    },
  };
}

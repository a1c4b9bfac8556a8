import { type FileHandle, open } from 'node:fs/promises';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { ProblemError } from '../core/problem.ts';
import { readWavFormat, type WavFormat } from '../recording/wav-header.ts';

/** Samples read from the disk at once: 5 s. */
const BLOCK_SAMPLES = 5 * SAMPLE_RATE_HZ;

/** Blocks kept: the one that is played, the one before, the ones after. */
const BLOCKS_KEPT = 4;

/** Bytes in which the sound of a file has begun. */
const START_BYTES = 4096;

/** A WAV file read ahead of what is played, so that a slow disk holds up no call. */
export type WavReader = {
  /** Length in samples. */
  readonly length: number;
  /** Up to `count` samples from a place, its channels mixed; none while they are being read. */
  readonly read: (at: number, count: number) => Int16Array;
  readonly close: () => Promise<void>;
};

/** Opens a recording: 16 bits, 8 kHz. Rejects with `file-unreadable` when it is none. */
export async function openWavReader(path: string): Promise<WavReader> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    const format = readWavFormat(buffer.subarray(0, bytesRead), size);
    if (format?.sampleRateHz !== SAMPLE_RATE_HZ) throw unreadable(null);
    const reader = readerOf(file, format);
    await reader.ready;
    return reader;
  } catch (error) {
    await file.close();
    throw error instanceof ProblemError ? error : unreadable(error);
  }
}

function readerOf(file: FileHandle, format: WavFormat): WavReader & { ready: Promise<void> } {
  const { channels, dataAt, dataBytes } = format;
  const length = Math.floor(dataBytes / (2 * channels));
  /** By their index, the one used last at the end; null while it is read. */
  const blocks = new Map<number, Int16Array | null>();

  const load = async (index: number): Promise<void> => {
    if (blocks.has(index) || index < 0 || index * BLOCK_SAMPLES >= length) return;
    blocks.set(index, null);
    const samples = Math.min(BLOCK_SAMPLES, length - index * BLOCK_SAMPLES);
    const bytes = Buffer.alloc(samples * channels * 2);
    try {
      await file.read(bytes, 0, bytes.length, dataAt + index * BLOCK_SAMPLES * channels * 2);
      blocks.set(index, oneVoice(bytes, channels));
    } catch {
      // A file that goes away while it plays is silence from there on.
      blocks.set(index, new Int16Array(samples));
    }
    for (const oldest of blocks.keys()) {
      if (blocks.size <= BLOCKS_KEPT) break;
      blocks.delete(oldest);
    }
  };

  const block = (index: number): Int16Array | null => {
    const known = blocks.get(index);
    if (known === undefined) void load(index);
    else if (known !== null) {
      blocks.delete(index);
      blocks.set(index, known);
    }
    return known ?? null;
  };

  return {
    length,
    ready: load(0),
    read: (at, count) => {
      const from = Math.max(0, at);
      const to = Math.min(length, at + count);
      const index = Math.floor(from / BLOCK_SAMPLES);
      const samples = to <= from ? null : block(index);
      if (samples === null) return new Int16Array(0);
      void load(index + 1);
      return samples.subarray(from - index * BLOCK_SAMPLES, to - index * BLOCK_SAMPLES);
    },
    close: () => file.close(),
  };
}

/** The channels of interleaved samples in one voice, saturated. */
function oneVoice(bytes: Buffer, channels: number): Int16Array {
  const voice = new Int16Array(bytes.length / (2 * channels));
  for (let i = 0; i < voice.length; i += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += bytes.readInt16LE(2 * (i * channels + channel));
    }
    voice[i] = Math.max(-32768, Math.min(32767, sum));
  }
  return voice;
}

function unreadable(cause: unknown): ProblemError {
  return new ProblemError(
    {
      kind: 'file-unreadable',
      message: 'The recording of this call cannot be read.',
      remedy: 'Look whether its file is still in the recordings folder and may be read.',
    },
    { cause },
  );
}

import { type FileHandle, open } from 'node:fs/promises';
import { readWavFormat, type WavFormat } from './wav-header.ts';
import { writeAllTo } from './write-all.ts';

/**
 * Bits a second: the most there are at 8 kHz, and a quarter of the WAV file. A constant rate, so that
 * players know the length and where to seek without an index. Source: ISO 13818-3 as extended by MPEG-2.5.
 */
const KBIT_PER_S = 64;

/** Sound encoded at once: a quarter of a second costs about 1 ms, in which no call is served. */
const PIECE_S = 0.25;

/** Bytes in which the sound of a WAV file has begun. */
const START_BYTES = 4096;

/** MP3 that was encoded is written in pieces of this size. */
const WRITE_BYTES = 64 * 1024;

const BYTES_PER_SAMPLE = 2;

/**
 * Encodes a WAV file of 16 bits, of one channel or two, as an MP3 file with LAME (wasm-media-encoders is
 * under the MIT licence, the LAME inside it under the LGPL). The rate stays: MPEG-2.5 has 8 kHz. Between
 * pieces it waits for the disk, so that calls go on. Throws when the file is no such sound, and once it is
 * told to end.
 */
export async function encodeMp3(from: string, to: string, ending: AbortSignal): Promise<void> {
  const input = await open(from, 'r');
  try {
    const format = await formatOf(input);
    const output = await open(to, 'w', 0o600);
    try {
      await encode(input, format, output, ending);
      await output.sync();
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}

async function formatOf(input: FileHandle): Promise<WavFormat & { readonly channels: 1 | 2 }> {
  const { size } = await input.stat();
  const { buffer, bytesRead } = await input.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  const format = readWavFormat(buffer.subarray(0, bytesRead), size);
  if (format === null) throw new Error('The recording is no WAV file of 16 bits');
  const { channels } = format;
  if (channels !== 1 && channels !== 2) throw new Error('The recording has too many channels');
  return { ...format, channels };
}

async function encode(
  input: FileHandle,
  { channels, sampleRateHz, dataAt, dataBytes }: WavFormat & { readonly channels: 1 | 2 },
  output: FileHandle,
  ending: AbortSignal,
): Promise<void> {
  // Loaded with the first export: it is 130 kB that most runs never need.
  const { createMp3Encoder } = await import('wasm-media-encoders');
  const encoder = await createMp3Encoder();
  encoder.configure({ channels, sampleRate: sampleRateHz, bitrate: KBIT_PER_S });
  const sampleBytes = BYTES_PER_SAMPLE * channels;
  const piece = Buffer.alloc(Math.round(sampleRateHz * PIECE_S) * sampleBytes);
  let unwritten: Uint8Array[] = [];
  let unwrittenBytes = 0;
  let writtenBytes = 0;

  const write = async (): Promise<void> => {
    await writeAllTo(output, Buffer.concat(unwritten), writtenBytes);
    writtenBytes += unwrittenBytes;
    unwritten = [];
    unwrittenBytes = 0;
  };
  const take = (mp3: Uint8Array): void => {
    // The encoder uses its memory again.
    unwritten.push(Uint8Array.from(mp3));
    unwrittenBytes += mp3.length;
  };

  for (let at = 0; at < dataBytes; ) {
    ending.throwIfAborted();
    const wanted = Math.min(piece.length, dataBytes - at);
    const { bytesRead } = await input.read(piece, 0, wanted, dataAt + at);
    const samples = Math.floor(bytesRead / sampleBytes);
    if (samples === 0) break;
    take(encoder.encode(channelsOf(piece, samples, channels)));
    at += samples * sampleBytes;
    if (unwrittenBytes >= WRITE_BYTES) await write();
  }
  take(encoder.finalize());
  await write();
}

/** Samples from -1 to 1, each channel apart. */
function channelsOf(piece: Buffer, samples: number, channels: 1 | 2): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) => {
    const apart = new Float32Array(samples);
    for (let i = 0; i < samples; i += 1) {
      apart[i] = piece.readInt16LE(BYTES_PER_SAMPLE * (i * channels + channel)) / 32_768;
    }
    return apart;
  });
}

import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

/** Bytes in front of the sound of a file written here. */
export const HEADER_BYTES = 44;

/** Bytes of one sample of both sides. */
export const SAMPLE_BYTES = 4;

/** The longest file: its sizes are counted in 32 bits. 37 hours; a call lasts 24 at most. */
export const MOST_SAMPLES = Math.floor((2 ** 32 - 1 - HEADER_BYTES) / SAMPLE_BYTES);

const FORMAT_PCM = 1;

/** PCM whose channels are described in more detail. Source: WAVEFORMATEXTENSIBLE of mmreg.h. */
const FORMAT_EXTENSIBLE = 0xfffe;

/** What a WAV file says of its sound. */
export type WavFormat = {
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Where its sound begins, and how much of it there is, in bytes. */
  readonly dataAt: number;
  readonly dataBytes: number;
};

/** The header of a stereo file of 16 bits at 8 kHz. @param samples of each side */
export function wavHeader(samples: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(FORMAT_PCM, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * SAMPLE_BYTES, 28);
  header.writeUInt16LE(SAMPLE_BYTES, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  setLength(header, samples);
  return header;
}

/** Makes a header tell another length. @param samples of each side */
export function setLength(header: Buffer, samples: number): void {
  header.writeUInt32LE(HEADER_BYTES - 8 + samples * SAMPLE_BYTES, 4);
  header.writeUInt32LE(samples * SAMPLE_BYTES, 40);
}

/**
 * Reads where the sound of a file of 16-bit PCM is; null when it is none.
 * @param start the first bytes of the file @param fileBytes its whole length
 */
export function readWavFormat(start: Buffer, fileBytes: number): WavFormat | null {
  if (start.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, 12) !== 'WAVE') {
    return null;
  }
  let format: { readonly channels: number; readonly sampleRateHz: number } | null = null;
  for (let at = 12; at + 8 <= start.length; ) {
    const name = start.toString('latin1', at, at + 4);
    const length = start.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 24 <= start.length) format = pcmFormat(start.subarray(at + 8));
    if (name === 'data') {
      if (format === null) return null;
      return { ...format, dataAt: at + 8, dataBytes: Math.min(length, fileBytes - at - 8) };
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

function pcmFormat(chunk: Buffer): { channels: number; sampleRateHz: number } | null {
  const kind = chunk.readUInt16LE(0);
  const channels = chunk.readUInt16LE(2);
  const sampleRateHz = chunk.readUInt32LE(4);
  const is16Bits = chunk.readUInt16LE(14) === 16;
  const isPcm = kind === FORMAT_PCM || kind === FORMAT_EXTENSIBLE;
  return isPcm && is16Bits && channels > 0 && sampleRateHz > 0 ? { channels, sampleRateHz } : null;
}

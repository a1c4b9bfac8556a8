import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

const HEADER_BYTES = 44;

/** A WAV file of 16-bit mono samples at 8 kHz. */
export function writeWav(samples: Int16Array): Buffer {
  return file(samples, 1);
}

/** A WAV file of two channels of 16-bit samples at 8 kHz; the shorter ends in silence. */
export function stereoWav(left: Int16Array, right: Int16Array): Buffer {
  const samples = new Int16Array(2 * Math.max(left.length, right.length));
  for (const [index, sample] of left.entries()) samples[2 * index] = sample;
  for (const [index, sample] of right.entries()) samples[2 * index + 1] = sample;
  return file(samples, 2);
}

function file(samples: Int16Array, channels: number): Buffer {
  const dataBytes = samples.length * 2;
  const bytes = Buffer.alloc(HEADER_BYTES + dataBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  bytes.writeUInt32LE(SAMPLE_RATE_HZ * 2 * channels, 28);
  bytes.writeUInt16LE(2 * channels, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(sample, HEADER_BYTES + 2 * index);
  }
  return bytes;
}

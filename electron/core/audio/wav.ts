import { decodeMulaw } from './mulaw.ts';

/** Sound read from a WAV file: one channel of 16-bit samples. */
type WavSound = { readonly sampleRateHz: number; readonly samples: Int16Array };

const FORMAT_PCM = 1;
const FORMAT_MULAW = 7;

/** Reads a WAV file of 8 or 16-bit PCM or µ-law; of several channels only the first. Throws on anything else. */
export function readWav(bytes: Uint8Array): WavSound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') {
    throw new Error('Not a WAV file');
  }
  let format: DataView | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(view, at);
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    const chunk = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length);
    if (name === 'fmt ') format = chunk;
    if (name === 'data' && format !== undefined) return readSamples(format, chunk);
    at += 8 + length + (length % 2);
  }
  throw new Error('The WAV file has no sound');
}

function readSamples(format: DataView, data: DataView): WavSound {
  if (format.byteLength < 16) throw new Error('The WAV file has a short format chunk');
  const kind = format.getUint16(0, true);
  const channels = format.getUint16(2, true);
  const sampleRateHz = format.getUint32(4, true);
  const bits = format.getUint16(14, true);
  const read = sampleReader(kind, bits);
  const stride = (bits / 8) * channels;
  if (stride === 0 || sampleRateHz === 0) throw new Error('The WAV file has an empty format');
  const samples = new Int16Array(Math.floor(data.byteLength / stride));
  for (let i = 0; i < samples.length; i += 1) samples[i] = read(data, i * stride);
  return { sampleRateHz, samples };
}

function sampleReader(kind: number, bits: number): (data: DataView, at: number) => number {
  if (kind === FORMAT_PCM && bits === 16) return (data, at) => data.getInt16(at, true);
  if (kind === FORMAT_PCM && bits === 8) return (data, at) => (data.getUint8(at) - 128) << 8;
  if (kind === FORMAT_MULAW && bits === 8) {
    const table = decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    return (data, at) => table[data.getUint8(at)] ?? 0;
  }
  throw new Error(`WAV format ${kind} with ${bits} bits is not read`);
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map(offset => view.getUint8(at + offset)));
}

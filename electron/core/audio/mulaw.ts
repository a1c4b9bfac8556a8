/**
 * G.711 µ-law, the sound of Twilio Media Streams: one byte a sample, by table in both directions.
 * Source: ITU-T Recommendation G.711 (11/1988), table 2; bias 33 in 14 bits is 132 in 16 bits.
 */

/** The µ-law byte of silence (positive zero). */
export const MULAW_SILENCE = 0xff;

const BIAS = 132;
const CLIP = 32635;

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte));
const ENCODED = Uint8Array.from({ length: 65536 }, (_, index) => encodeSample(index - 32768));

/** Decodes µ-law bytes into as many 16-bit samples. */
export function decodeMulaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) samples[i] = DECODED[bytes[i] ?? 0] ?? 0;
  return samples;
}

/** Encodes 16-bit samples into as many µ-law bytes. */
export function encodeMulaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) {
    bytes[i] = ENCODED[(samples[i] ?? 0) + 32768] ?? MULAW_SILENCE;
  }
  return bytes;
}

function decodeByte(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = ((((inverted & 0x0f) << 3) + BIAS) << exponent) - BIAS;
  return (inverted & 0x80) === 0 ? magnitude : -magnitude;
}

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

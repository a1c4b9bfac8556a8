// WAV files of 16-bit samples, as the virtual sound card reads and writes them.

const HEADER_BYTES = 44;

/** Two channels of equal length. */
export type StereoSound = { readonly left: Int16Array; readonly right: Int16Array };

/** A mono WAV file of the samples. */
export function writeWav(samples: Int16Array, rateHz: number): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** The samples of a stereo WAV file. */
export function readWav(file: Buffer): StereoSound {
  const at = findChunk(file, 'data');
  const frames = Math.floor(Math.min(file.readUInt32LE(at - 4), file.length - at) / 4);
  const left = new Int16Array(frames);
  const right = new Int16Array(frames);
  for (let i = 0; i < frames; i++) {
    left[i] = file.readInt16LE(at + 4 * i);
    right[i] = file.readInt16LE(at + 4 * i + 2);
  }
  return { left, right };
}

/** Where a chunk's content starts; the header in front of the chunks takes 12 bytes. */
function findChunk(file: Buffer, name: string): number {
  for (let at = 12; at + 8 <= file.length; at += 8 + file.readUInt32LE(at + 4)) {
    if (file.toString('latin1', at, at + 4) === name) return at + 8;
  }
  throw new Error(`The file has no ${name} chunk.`);
}

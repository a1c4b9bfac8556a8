import { readFileSync } from 'node:fs';
import { WaveFile } from 'wavefile';
import { readWav } from '../../electron/core/audio/wav.ts';

/** A recording, left and right apart. */
export type StrictSound = { readonly them: Int16Array; readonly us: Int16Array };

/**
 * Reads a recording as a strict player does: every size of it must be right.
 * @param whole the file ends where its header says; one whose writer was killed may be longer
 */
export function readStrictly(path: string, whole = true): StrictSound {
  const bytes = readFileSync(path);
  const riffEnd = bytes.readUInt32LE(4) + 8;
  const dataBytes = bytes.readUInt32LE(40);
  if (riffEnd > bytes.length || (whole && riffEnd < bytes.length)) throw new Error('RIFF size');
  if (bytes.toString('latin1', 36, 40) !== 'data') throw new Error('no data chunk');
  if (44 + dataBytes !== riffEnd || dataBytes % 4 !== 0) throw new Error('data size');
  const declared = bytes.subarray(0, riffEnd);
  const file = new WaveFile(declared);
  const format = file.fmt as Readonly<Record<string, number>>;
  const { numChannels, sampleRate, bitsPerSample, audioFormat, byteRate, blockAlign } = format;
  const facts = [audioFormat, numChannels, sampleRate, bitsPerSample, byteRate, blockAlign];
  if (facts.join() !== '1,2,8000,16,32000,4') throw new Error(`format ${facts.join()}`);
  const samples: unknown = dataBytes === 0 ? [] : file.getSamples(false, Int16Array);
  const [them = new Int16Array(0), us = new Int16Array(0)] = samples as Int16Array[];
  const first = readWav(declared).samples;
  if (Buffer.compare(Buffer.from(first.buffer), Buffer.from(them.buffer)) !== 0) {
    throw new Error('two readers do not agree');
  }
  return { them, us };
}

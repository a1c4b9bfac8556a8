import { open } from 'node:fs/promises';
import { SAMPLES_PER_MS } from './recorded-call.ts';
import { isMissing, removeRecordingFiles } from './recording-path.ts';
import { HEADER_BYTES, SAMPLE_BYTES, wavHeader } from './wav-header.ts';

/**
 * Makes the header of a recording agree with its file, should its writer have been killed between sound
 * and header, or its disk have kept one without the other. A file that was not written here is left alone.
 * Rejects when the file cannot be reached now.
 * @returns how long it is; null when there is no such file, none of ours, or nothing in it
 */
export async function repairRecording(path: string): Promise<{ durationMs: number } | null> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const samples = Math.floor((size - HEADER_BYTES) / SAMPLE_BYTES);
    if (samples < 0) return null;
    const { buffer: header } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const right = wavHeader(samples);
    if (!isOurs(header)) return null;
    if (samples === 0) {
      await removeRecordingFiles(path);
      return null;
    }
    if (!header.equals(right)) await file.write(right, 0, HEADER_BYTES, 0);
    await file.truncate(HEADER_BYTES + samples * SAMPLE_BYTES);
    return { durationMs: samples / SAMPLES_PER_MS };
  } finally {
    await file.close();
  }
}

/** A header as it is written here, its sizes aside; or none, on a disk that lost power before it was kept. */
function isOurs(header: Buffer): boolean {
  const alike = Buffer.from(header);
  const empty = wavHeader(0);
  empty.copy(alike, 4, 4, 8);
  empty.copy(alike, 40, 40);
  return alike.equals(empty) || header.every(byte => byte === 0);
}

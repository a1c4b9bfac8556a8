import { access, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordingId } from '../core/recording.ts';
import { levelsPath } from './levels-file.ts';

/**
 * Where a recording is kept: a folder a day, by the time of this place. Names of files are seen by
 * backups and by whoever looks over a shoulder, so they tell no number and no name.
 * @param at in ms since the epoch
 */
export function recordingPath(folder: string, id: RecordingId, at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return join(folder, day.map(padded).join('-'), `${time.map(padded).join('-')} ${id}.wav`);
}

/** Deletes a recording's files, and the folder of its day when it was the last. What is gone already is no fault. */
export async function removeRecordingFiles(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(levelsPath(path), { force: true });
  await removeDraft(path);
  // Refused while other recordings lie there.
  await rmdir(dirname(path)).catch(() => {});
}

/** Deletes what a killed run had fetched of a recording. Source of its name: twilio/recording-download */
export async function removeDraft(path: string): Promise<void> {
  await rm(`${path}.part`, { force: true });
}

/** Whether a file is there; one that this user may not see is. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

/** Whether a file could not be reached because there is none. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function padded(part: number): string {
  return String(part).padStart(2, '0');
}

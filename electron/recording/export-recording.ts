import { randomUUID } from 'node:crypto';
import { access, copyFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../core/problem.ts';
import type { Recording } from '../core/recording.ts';
import { encodeMp3 } from './mp3-file.ts';

/** What a recording can be written as. */
export type ExportFormat = 'wav' | 'mp3';

/** How each format is written. */
const WRITERS: Readonly<Record<ExportFormat, (from: string, to: string) => Promise<void>>> = {
  wav: copyFile,
  mp3: encodeMp3,
};

/**
 * Writes a recording to a file of its own, whole or not at all; a file that is there is replaced, but
 * never one of Earshot's recordings. Rejects with a `ProblemError`.
 * @param path where to @param folder where recordings are kept
 */
export async function exportRecording(
  { path: from, status }: Pick<Recording, 'path' | 'status'>,
  path: string,
  format: ExportFormat,
  folder: string,
): Promise<void> {
  if (status !== 'kept' || !(await isReadable(from))) throw notHere(status);
  const to = resolve(path);
  if (await isInside(to, folder)) throw amongRecordings();
  // Beside its target, since a file cannot be moved at once from one disk to another.
  const draft = join(dirname(to), `.earshot-${randomUUID()}.part`);
  try {
    await WRITERS[format](from, draft);
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw notWritten(error);
  }
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether a path lies in a folder, whatever links lead there. */
async function isInside(path: string, folder: string): Promise<boolean> {
  const real = async (place: string): Promise<string> => realpath(place).catch(() => place);
  const way = relative(await real(folder), join(await real(dirname(path)), basename(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function notHere(status: Recording['status']): ProblemError {
  const waits = status === 'running' || status === 'waiting';
  return new ProblemError({
    kind: waits ? 'not-available' : 'no-recording',
    message: waits
      ? 'This recording is not whole yet.'
      : 'The file of this recording is not here any more.',
    remedy: waits ? 'Export it when it is saved.' : 'Look for it in a backup of this computer.',
  });
}

function amongRecordings(): ProblemError {
  return new ProblemError({
    kind: 'file-not-written',
    message: 'Earshot keeps its own recordings in that folder, so nothing else is written there.',
    remedy: 'Choose another folder.',
  });
}

function notWritten(cause: unknown): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return new ProblemError(
    {
      kind: 'file-not-written',
      message: 'The file could not be written. The recording itself is as it was.',
      remedy: 'Choose a folder this user may write to, on a disk with enough room.',
      ...(code === null ? {} : { code }),
    },
    { cause },
  );
}

import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '../core/problem.ts';
import type { Recording } from '../core/recording.ts';
import { encodeMp3 } from './mp3-file.ts';

/** What a recording can be written as. */
export type ExportFormat = 'wav' | 'mp3';

/** Writes a file out of another; rejects once it is told to end. */
type Writer = (from: string, to: string, ending: AbortSignal) => Promise<void>;

/** How each format is written. */
const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  wav: (from, to, signal) =>
    pipeline(createReadStream(from), createWriteStream(to, { mode: 0o600, flush: true }), {
      signal,
    }),
  mp3: encodeMp3,
};

/** The recordings that are being written to files of their own. */
type Exports = {
  /**
   * Writes a recording to a file of its own, whole or not at all; a file that is there is replaced, but
   * never one of Earshot's own. Rejects with a `ProblemError`. @param path where to
   */
  readonly write: (
    recording: Pick<Recording, 'path' | 'status'>,
    path: string,
    format: ExportFormat,
  ) => Promise<void>;
  /** Breaks off what is being written, and leaves nothing of it behind. */
  readonly close: () => Promise<void>;
};

/** Nothing is exported yet. @param folder where recordings are kept, in Earshot's data folder */
export function createExports(folder: string): Exports {
  const ending = new AbortController();
  const writing = new Set<Promise<void>>();
  return {
    write: async (recording, path, format) => {
      const written = exportRecording(recording, path, format, folder, ending.signal);
      writing.add(written);
      await written.finally(() => writing.delete(written));
    },
    close: async () => {
      ending.abort();
      await Promise.allSettled(writing);
    },
  };
}

async function exportRecording(
  { path: from, status }: Pick<Recording, 'path' | 'status'>,
  path: string,
  format: ExportFormat,
  folder: string,
  ending: AbortSignal,
): Promise<void> {
  if (status !== 'kept' || !(await isReadable(from))) throw notHere(status);
  const to = resolve(path);
  const own = await Promise.all([folder, dirname(folder)].map(each => isInside(to, each)));
  if (own.includes(true)) throw amongOwnFiles();
  // Beside its target, since a file cannot be moved at once from one disk to another.
  const draft = join(dirname(to), `.earshot-${randomUUID()}.part`);
  try {
    ending.throwIfAborted();
    await WRITERS[format](from, draft, ending);
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw ending.aborted ? brokenOff() : notWritten(error);
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
  if (status === 'deleted') {
    return new ProblemError({
      kind: 'no-recording',
      message: 'This recording was deleted.',
      remedy: 'Export another one.',
    });
  }
  const waits = status === 'running' || status === 'waiting';
  return new ProblemError({
    kind: waits ? 'not-available' : 'no-recording',
    message: waits
      ? 'This recording is not whole yet.'
      : 'The file of this recording is not here any more.',
    remedy: waits ? 'Export it when it is saved.' : 'Look for it in a backup of this computer.',
  });
}

function amongOwnFiles(): ProblemError {
  return new ProblemError({
    kind: 'file-not-written',
    message: 'Earshot keeps its own files in that folder, so nothing else is written there.',
    remedy: 'Choose another folder.',
  });
}

function brokenOff(): ProblemError {
  return new ProblemError({
    kind: 'file-not-written',
    message: 'Earshot ended before the file was written. The recording itself is as it was.',
    remedy: 'Export it again.',
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

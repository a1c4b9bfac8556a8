import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '../core/problem.ts';
import type { Recording } from '../core/recording.ts';
import { encodeMp3 } from './mp3-file.ts';
import { writeOutside } from './outside-file.ts';

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
  const own = [folder, dirname(folder)];
  const write = (draft: string): Promise<void> => WRITERS[format](from, draft, ending);
  await writeOutside({ path, own, of: 'recording' }, write, ending);
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
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

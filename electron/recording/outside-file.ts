import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../core/problem.ts';

/** A file to write for somebody, outside of Earshot's own folders. */
type OutsideFile = {
  /** Where to; a file that is there is replaced. */
  readonly path: string;
  /** Earshot's own folders: nothing is written there. */
  readonly own: readonly string[];
  /** What it is made of, as the person calls it. */
  readonly of: 'recording' | 'audit' | 'transcript' | 'report';
};

/**
 * Writes such a file whole or not at all. Rejects with a `ProblemError`.
 * @param write writes to the path it is given @param ending breaks it off, and leaves nothing behind
 */
export async function writeOutside(
  { path, own, of }: OutsideFile,
  write: (draft: string) => Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  const to = resolve(path);
  const inside = await Promise.all(own.map(each => isInside(to, each)));
  if (inside.includes(true)) throw amongOwnFiles();
  // Beside its target, since a file cannot be moved at once from one disk to another.
  const draft = join(dirname(to), `.earshot-${randomUUID()}.part`);
  try {
    ending.throwIfAborted();
    await write(draft);
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw ending.aborted ? brokenOff(of) : notWritten(of, error);
  }
}

/** Writes a text, or bytes, in the same way. */
export async function writeContentOutside(
  content: string | Uint8Array,
  file: OutsideFile,
): Promise<void> {
  const write = (draft: string): Promise<void> =>
    writeFile(draft, content, { mode: 0o600, flush: true });
  await writeOutside(file, write, new AbortController().signal);
}

/** Whether a path lies in a folder, whatever links lead there. */
async function isInside(path: string, folder: string): Promise<boolean> {
  const real = async (place: string): Promise<string> => realpath(place).catch(() => place);
  const way = relative(await real(folder), join(await real(dirname(path)), basename(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function amongOwnFiles(): ProblemError {
  return new ProblemError({
    kind: 'file-not-written',
    message: 'Earshot keeps its own files in that folder, so nothing else is written there.',
    remedy: 'Choose another folder.',
  });
}

function brokenOff(of: OutsideFile['of']): ProblemError {
  return new ProblemError({
    kind: 'file-not-written',
    message: `Earshot ended before the file was written. The ${of} itself is as it was.`,
    remedy: 'Export it again.',
  });
}

function notWritten(of: OutsideFile['of'], cause: unknown): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return new ProblemError(
    {
      kind: 'file-not-written',
      message: `The file could not be written. The ${of} itself is as it was.`,
      remedy: 'Choose a folder this user may write to, on a disk with enough room.',
      ...(code === null ? {} : { code }),
    },
    { cause },
  );
}

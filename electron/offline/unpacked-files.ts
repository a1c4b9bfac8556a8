import { type FileHandle, mkdir, open as openFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { wrongArchiveError } from './pack-problem.ts';

/** More files than this no pack has. */
const MOST_FILES = 5000;

/** Where an archive is unpacked to: only inside its folder, and only so much. */
export type UnpackedFiles = {
  /** Begins a file; pieces are written in the order they are given. @throws ProblemError for a path that leads elsewhere */
  readonly begin: (path: string) => UnpackedFile;
  /** Done when everything given so far is written. */
  readonly written: () => Promise<void>;
  /** Writes no more; done when nothing is open. */
  readonly abandon: () => Promise<void>;
};

/** A file that is being unpacked. */
type UnpackedFile = {
  readonly write: (piece: Uint8Array) => void;
  readonly end: () => void;
};

/** @param mostBytes what all files may have together */
export function unpackInto(folder: string, mostBytes: number): UnpackedFiles {
  let bytes = 0;
  let files = 0;
  const open = new Set<FileHandle>();
  let abandoned = false;
  let work: Promise<unknown> = Promise.resolve();
  return {
    begin: path => {
      files += 1;
      const target = join(folder, ...partsInside(path));
      if (files > MOST_FILES) throw wrongArchiveError();
      let file: FileHandle | undefined;
      const then = (next: () => Promise<void>): void => {
        work = work.then(next);
        // Told by `written`: until somebody asks, a failure is nobody's fault.
        work.catch(() => {});
      };
      then(async () => {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        if (abandoned) return;
        file = await openFile(target, 'wx', 0o600);
        open.add(file);
      });
      return {
        write: piece => {
          bytes += piece.length;
          if (bytes > mostBytes) throw wrongArchiveError();
          then(async () => file?.writeFile(piece));
        },
        end: () =>
          then(async () => {
            if (file === undefined) return;
            open.delete(file);
            await file.close();
          }),
      };
    },
    written: async () => {
      await work;
    },
    abandon: async () => {
      abandoned = true;
      await work.catch(() => {});
      for (const file of open) await file.close().catch(() => {});
    },
  };
}

/**
 * The parts of a path inside an archive. @throws ProblemError when it could lead out of the folder or
 * mean something else on another system
 */
export function partsInside(path: string): readonly string[] {
  const parts = path.split('/').filter(part => part !== '.' && part !== '');
  const isWrong =
    path.startsWith('/') ||
    parts.length === 0 ||
    // Control characters, and what Windows reads as another folder, drive or stream.
    parts.some(part => part === '..' || /[\\:\p{Cc}]/u.test(part));
  if (isWrong) throw wrongArchiveError();
  return parts;
}

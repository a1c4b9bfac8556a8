import { rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { FULL_DISK_BYTES } from './disk-room.ts';
import { levelsPath } from './levels-file.ts';
import { maskRecording } from './mask-recording.ts';
import {
  type FileMask,
  type FileNumber,
  type RecordingAnswer,
  type RecordingJob,
  type SoundPiece,
  unpackSound,
} from './recording-job.ts';
import { openWav, type WavWriter } from './wav-writer.ts';

/** Files of recordings that are being written: does jobs, one after the other. */
export type RecordingFiles = {
  /** Never throws: what cannot be done is in the answer. */
  readonly run: (job: RecordingJob) => RecordingAnswer;
};

type OpenFile = { readonly path: string; readonly writer: WavWriter };

/** What the disk says when it is full, or when this user's share of it is. */
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT']);

/** Makes the files. @param freeBytes room on the disk of a folder; throws when the folder is gone */
export function createRecordingFiles(freeBytes: (folder: string) => number): RecordingFiles {
  const files = new Map<FileNumber, OpenFile>();
  let closed: RecordingAnswer['closed'][number][] = [];
  let failed: RecordingAnswer['failed'][number][] = [];

  const giveUp = (file: FileNumber, code: string): void => {
    const open = files.get(file);
    const samples = open?.writer.exists() === true ? open.writer.samples : null;
    files.delete(file);
    open?.writer.close();
    if (open !== undefined && samples === 0) removeEmpty(open.path);
    const because = FULL_CODES.has(code) ? 'disk-full' : 'failed';
    failed.push({ file, samples, because, code });
  };

  const attempt = (file: FileNumber, work: () => void): void => {
    try {
      work();
    } catch (error) {
      giveUp(file, codeOf(error));
    }
  };

  const write = ({ file, at, them, us }: SoundPiece): void => {
    attempt(file, () => files.get(file)?.writer.write(at, them, us));
  };

  const close = (file: FileNumber): void => {
    const open = files.get(file);
    if (open === undefined) return;
    const { path, writer } = open;
    attempt(file, () => {
      checkExists(writer);
      writer.close();
      files.delete(file);
      if (writer.samples === 0) removeEmpty(path);
      closed.push({ file, samples: writer.samples });
    });
  };

  const look = (folder: string): number | null => {
    const inFolder = () => [...files].filter(([, { path }]) => dirname(path) === folder);
    for (const [file, { writer }] of inFolder()) attempt(file, () => checkExists(writer));
    try {
      const free = freeBytes(folder);
      if (free < FULL_DISK_BYTES) for (const [file] of inFolder()) giveUp(file, 'ENOSPC');
      return free;
    } catch {
      // A disk that does not tell its room is written as long as it takes something.
      return null;
    }
  };

  return {
    run: job => {
      closed = [];
      failed = [];
      for (const { file, path, again } of job.open) {
        attempt(file, () => files.set(file, { path, writer: openWav(path, again) }));
      }
      for (const piece of unpackSound(job)) write(piece);
      for (const file of job.close) close(file);
      const unmasked = job.mask.flatMap(mask);
      const rooms = job.look.map(look).filter(room => room !== null);
      const freeBytes = rooms.length === 0 ? null : Math.min(...rooms);
      return { closed, failed, unmasked, freeBytes, sound: job.sound };
    },
  };
}

/** A file that was deleted under the writer takes all that is written, and nothing is kept. */
function checkExists(writer: WavWriter): void {
  if (!writer.exists()) throw Object.assign(new Error('The file was deleted'), { code: 'ENOENT' });
}

/** A recording of nothing is none. What cannot be removed is in nobody's way. */
function removeEmpty(path: string): void {
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch {
      // The folder of the day, perhaps, in which others lie.
    }
  };
  attempt(() => rmSync(path, { force: true }));
  attempt(() => rmSync(levelsPath(path), { force: true }));
  attempt(() => rmdirSync(dirname(path)));
}

/** A file that is gone has nothing that could be heard. @returns what could not be masked */
function mask(wanted: FileMask): RecordingAnswer['unmasked'] {
  try {
    maskRecording(wanted);
    return [];
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? [] : [{ path: wanted.path, code }];
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : String(error);
}

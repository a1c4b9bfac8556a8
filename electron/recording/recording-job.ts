import type { Side, Stretch } from '../core/audio/sound-tape.ts';

/** Names a file between the two threads. */
export type FileNumber = number;

/** A stretch of one side of a file that is to be silent, in samples of the file. */
export type FileMask = { readonly path: string; readonly side: Side } & Stretch;

/** What the writer is asked to do, in this order: open, write, close, mask, look. */
export type RecordingJob = {
  /** `again`: another writer had it open before. */
  readonly open: readonly {
    readonly file: FileNumber;
    readonly path: string;
    readonly again: boolean;
  }[];
  /** Sound of several recordings in one piece of memory, which goes along; see `packSound`. */
  readonly sound: ArrayBuffer;
  readonly pieces: number;
  readonly close: readonly FileNumber[];
  /** Also of files that are not open. */
  readonly mask: readonly FileMask[];
  /** Folders whose disk is to be looked at. */
  readonly look: readonly string[];
};

/** What became of a job. */
export type RecordingAnswer = {
  /** Files that were closed. @field samples their length; one of 0 is gone */
  readonly closed: readonly { readonly file: FileNumber; readonly samples: number }[];
  /** Files that can no longer be written. @field samples their length, null without a file, 0 for one that is gone @field code the system's word */
  readonly failed: readonly {
    readonly file: FileNumber;
    readonly samples: number | null;
    readonly because: 'disk-full' | 'failed';
    readonly code: string;
  }[];
  /** Files that could not be masked. @field code the system's word */
  readonly unmasked: readonly { readonly path: string; readonly code: string }[];
  /** The least room on the disks looked at, in bytes; null when none was. */
  readonly freeBytes: number | null;
  /** The memory of the job, to be used again. */
  readonly sound: ArrayBuffer;
};

/** Sound to be packed. `read` puts one side of it at a place in memory. */
export type PieceSource = {
  readonly file: FileNumber;
  /** Where it belongs in the file. */
  readonly at: number;
  readonly stretch: Stretch;
  readonly read: (side: 'them' | 'us', stretch: Stretch, into: Uint8Array, offset: number) => void;
};

/** A piece of sound as the writer finds it. @field at sample of the file */
export type SoundPiece = {
  readonly file: FileNumber;
  readonly at: number;
  readonly them: Uint8Array;
  readonly us: Uint8Array;
};

/** Per piece: its file, its place there and its length, 32 bits each. */
const ENTRY_INTS = 3;

/**
 * Lays pieces out in memory: first an entry for each, then the µ-law of both sides of each. Numbers
 * instead of objects, since whatever is an object is copied field by field between threads.
 * @param spare memory that may be used @returns that memory or, where it is too small, larger one
 */
export function packSound(pieces: readonly PieceSource[], spare: ArrayBuffer): ArrayBuffer {
  const entryBytes = pieces.length * ENTRY_INTS * Int32Array.BYTES_PER_ELEMENT;
  let soundBytes = 0;
  for (const { stretch } of pieces) soundBytes += 2 * (stretch.to - stretch.from);
  const needed = entryBytes + soundBytes;
  const memory = spare.byteLength >= needed ? spare : new ArrayBuffer(2 * needed);
  const entries = new Int32Array(memory, 0, pieces.length * ENTRY_INTS);
  const sound = new Uint8Array(memory);
  let entry = 0;
  let offset = entryBytes;
  for (const { file, at, stretch, read } of pieces) {
    const count = stretch.to - stretch.from;
    entries[entry] = file;
    entries[entry + 1] = at;
    entries[entry + 2] = count;
    entry += ENTRY_INTS;
    read('them', stretch, sound, offset);
    read('us', stretch, sound, offset + count);
    offset += 2 * count;
  }
  return memory;
}

/** The pieces of a job. They lie in its memory: they are good until it is sent back. */
export function unpackSound({ sound, pieces }: RecordingJob): SoundPiece[] {
  const entries = new Int32Array(sound, 0, pieces * ENTRY_INTS);
  let offset = entries.byteLength;
  const unpacked: SoundPiece[] = [];
  for (let entry = 0; entry < entries.length; entry += ENTRY_INTS) {
    const count = entries[entry + 2] ?? 0;
    unpacked.push({
      file: entries[entry] ?? 0,
      at: entries[entry + 1] ?? 0,
      them: new Uint8Array(sound, offset, count),
      us: new Uint8Array(sound, offset + count, count),
    });
    offset += 2 * count;
  }
  return unpacked;
}

import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { decodeMulaw, MULAW_SILENCE } from '../core/audio/mulaw.ts';
import { createLevelsWriter } from './levels-file.ts';
import { HEADER_BYTES, MOST_SAMPLES, SAMPLE_BYTES, setLength, wavHeader } from './wav-header.ts';
import { writeAll } from './write-all.ts';

/** A recording that is being written. Everything that the disk refuses is thrown. */
export type WavWriter = {
  /** Whole samples in the file so far. */
  readonly samples: number;
  /** Puts sound in its place, both sides equally long µ-law. @param at sample of the file */
  readonly write: (at: number, them: Uint8Array, us: Uint8Array) => void;
  /** Whether its file still has a name: somebody may have deleted it. Never throws. */
  readonly exists: () => boolean;
  /** Ends the file where its header says; never throws. */
  readonly close: () => void;
};

/**
 * The sample of every µ-law byte as the left and as the right half of 32 bits, in the computer's own order
 * of bytes: that of WAV on all we run on.
 */
const DECODED = decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const LEFT = Int32Array.from(DECODED, sample => sample & 0xffff);
const RIGHT = Int32Array.from(DECODED, sample => sample << 16);

/** Where sound is put together before it is written, by whichever file: 125 ms, more when more comes at once. */
let both = new Int32Array(1000);

const { O_CREAT, O_EXCL, O_RDWR } = constants;

/**
 * Opens a stereo WAV file, left them, right us, that is valid after every write. Sound is written first,
 * then the header that counts it, so that a process may die in between.
 * @param again the file may be there already, and is gone on with
 */
export function openWav(path: string, again: boolean): WavWriter {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = again && existsSync(path) ? openSync(path, O_RDWR) : newFile(path);
  try {
    return wavWriter(path, file);
  } catch (error) {
    closeSync(file);
    if (!again) rmSync(path, { force: true });
    throw error;
  }
}

/**
 * Makes a file that has a header from its first moment under its name. One whose writer died before that is
 * begun anew.
 */
function newFile(path: string): number {
  if (existsSync(path))
    throw Object.assign(new Error('EEXIST: the file exists'), { code: 'EEXIST' });
  const draft = `${path}.part`;
  rmSync(draft, { force: true });
  const file = openSync(draft, O_RDWR | O_CREAT | O_EXCL, 0o600);
  try {
    writeAll(file, wavHeader(0), 0);
    renameSync(draft, path);
    return file;
  } catch (error) {
    closeSync(file);
    rmSync(draft, { force: true });
    throw error;
  }
}

function wavWriter(path: string, file: number): WavWriter {
  let samples = Math.max(0, Math.floor((fstatSync(file).size - HEADER_BYTES) / SAMPLE_BYTES));
  const header = wavHeader(samples);
  writeAll(file, header, 0);
  const levels = createLevelsWriter(path);
  return {
    get samples() {
      return samples;
    },
    write: (at, them, us) => {
      const end = at + them.length;
      if (end > MOST_SAMPLES) throw new Error('The recording is too long for a WAV file');
      writeAll(file, interleaved(them, us), HEADER_BYTES + at * SAMPLE_BYTES);
      levels.write(at, them, us);
      if (end <= samples) return;
      setLength(header, end);
      writeAll(file, header, 0);
      samples = end;
    },
    exists: () => {
      try {
        return fstatSync(file).nlink > 0;
      } catch {
        return false;
      }
    },
    close: () => {
      levels.close();
      try {
        ftruncateSync(file, HEADER_BYTES + samples * SAMPLE_BYTES);
        closeSync(file);
      } catch {
        // The header says how long the file is: what stands behind is no part of it.
      }
    },
  };
}

/** Both sides in 16 bits, in turn. The memory is used again for what is written next. */
function interleaved(them: Uint8Array, us: Uint8Array): Uint8Array {
  if (both.length < them.length) both = new Int32Array(them.length);
  const into = both;
  for (let i = 0; i < them.length; i += 1) {
    into[i] = (LEFT[them[i] ?? MULAW_SILENCE] ?? 0) | (RIGHT[us[i] ?? MULAW_SILENCE] ?? 0);
  }
  return new Uint8Array(into.buffer, 0, them.length * SAMPLE_BYTES);
}

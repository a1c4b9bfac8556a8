import { closeSync, constants, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { FRAME_MS, FRAME_SAMPLES } from '../core/audio/frame.ts';
import { levelOf, levelOfMulaw } from '../core/audio/level.ts';
import type { Side } from '../core/audio/sound-tape.ts';
import type { Waveform } from '../core/signals.ts';
import { readWavFormat, type WavFormat } from './wav-header.ts';
import { writeAll, writeAllTo } from './write-all.ts';

/**
 * The levels of a recording, beside it: so many bytes of header, then two bytes for each 20 ms: the peak
 * of the other side and of this one (see core/audio/level). The last byte of the header is the version.
 */
const MAGIC = Buffer.from('ESLEVEL\u0001', 'latin1');

/** Levels are written a second at a time: should they be lost, they are worked out again. */
const FRAMES_AT_ONCE = 50;

/** Bytes of a WAV file read at once: half a minute. */
const PIECE_BYTES = 1024 * 1024;

/** Bytes in which the sound of a WAV file has begun, whatever else stands in front. */
const START_BYTES = 4096;

/** Levels that grow with their recording. */
type LevelsWriter = {
  /** Notes sound. @param at sample of the recording, at the start of a frame */
  readonly write: (at: number, them: Uint8Array, us: Uint8Array) => void;
  readonly close: () => void;
};

/** The file of levels of a recording. */
export function levelsPath(recordingPath: string): string {
  return `${recordingPath}.levels`;
}

/** Writes levels beside a recording. Never throws: levels that are missing are worked out when they are read. */
export function createLevelsWriter(recordingPath: string): LevelsWriter {
  let file: number | null = null;
  /** Levels not written yet: of so many frames, from `first` on. */
  const waiting = new Uint8Array(2 * FRAMES_AT_ONCE);
  let first = 0;
  let count = 0;

  const attempt = (work: (file: number) => void): void => {
    if (file === null) return;
    try {
      work(file);
    } catch {
      closeSync(file);
      file = null;
    }
  };

  const flush = (): void => {
    const levels = waiting.subarray(0, 2 * count);
    attempt(open => writeAll(open, levels, MAGIC.length + 2 * first));
  };

  const note = (frame: number, them: number, us: number): void => {
    const place = frame - first;
    if (place < 0 || place > count || place >= FRAMES_AT_ONCE) {
      flush();
      first = frame;
      count = 0;
      note(frame, them, us);
      return;
    }
    waiting[2 * place] = them;
    waiting[2 * place + 1] = us;
    if (place === count) count += 1;
  };

  try {
    file = openSync(levelsPath(recordingPath), constants.O_RDWR | constants.O_CREAT, 0o600);
  } catch {
    // They are worked out when they are read.
  }
  attempt(open => writeAll(open, MAGIC, 0));

  return {
    write: (at, them, us) => {
      const frame = Math.floor(at / FRAME_SAMPLES);
      for (let from = 0, i = 0; from < them.length; from += FRAME_SAMPLES, i += 1) {
        const to = Math.min(from + FRAME_SAMPLES, them.length);
        note(frame + i, levelOfMulaw(them, from, to), levelOfMulaw(us, from, to));
      }
    },
    close: () => {
      flush();
      attempt(closeSync);
      file = null;
    },
  };
}

/**
 * Corrects kept levels of one side after its sound was changed. Never throws: levels that are not there,
 * and all of them where that fails, are worked out when they are read. @param first frame of the recording
 */
export function correctLevels(
  recordingPath: string,
  side: Side,
  first: number,
  levels: Uint8Array,
): void {
  const path = levelsPath(recordingPath);
  let file: number | null = null;
  try {
    file = openSync(path, 'r+');
    const position = MAGIC.length + 2 * first;
    const kept = Math.min(2 * levels.length, fstatSync(file).size - position);
    if (kept <= 0) return;
    const both = new Uint8Array(kept);
    readSync(file, both, 0, kept, position);
    for (const [i, level] of levels.entries()) both[2 * i + (side === 'them' ? 0 : 1)] = level;
    writeAll(file, both, position);
  } catch {
    rmSync(path, { force: true });
  } finally {
    if (file !== null) closeSync(file);
  }
}

/**
 * The waveform of a recording, also of one that runs or that Twilio made. Levels that were not kept are
 * worked out from its sound, and kept. Empty when there is no sound.
 */
export async function readLevels(recordingPath: string): Promise<Waveform> {
  const file = await open(recordingPath, 'r').catch(() => null);
  if (file === null) return apart(Buffer.alloc(0));
  try {
    const format = await formatOf(file);
    if (format === null) return apart(Buffer.alloc(0));
    const wanted = framesIn(format);
    const kept = await keptLevels(recordingPath);
    if (kept.length >= 2 * wanted) return apart(kept.subarray(0, 2 * wanted));
    // The last frame may have been kept before all of it was there.
    const known = Math.max(0, Math.floor(kept.length / 2) - 1);
    const rest = await workOut(file, format, known);
    await keep(recordingPath, known, rest).catch(() => {});
    return apart(Buffer.concat([kept.subarray(0, 2 * known), rest]));
  } catch {
    return apart(Buffer.alloc(0));
  } finally {
    await file.close();
  }
}

async function formatOf(file: FileHandle): Promise<WavFormat | null> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  return readWavFormat(buffer.subarray(0, bytesRead), size);
}

async function keptLevels(recordingPath: string): Promise<Buffer> {
  const bytes = await readFile(levelsPath(recordingPath)).catch(() => Buffer.alloc(0));
  const isOurs = bytes.subarray(0, MAGIC.length).equals(MAGIC);
  return isOurs ? bytes.subarray(MAGIC.length) : Buffer.alloc(0);
}

/** Only what is missing is written, since the recording may still run. */
async function keep(recordingPath: string, known: number, rest: Uint8Array): Promise<void> {
  const file = await open(levelsPath(recordingPath), known > 0 ? 'r+' : 'w', 0o600);
  try {
    if (known === 0) await writeAllTo(file, MAGIC, 0);
    await writeAllTo(file, rest, MAGIC.length + 2 * known);
  } finally {
    await file.close();
  }
}

/** Samples of each side in one frame of a file. */
function frameLength({ sampleRateHz }: WavFormat): number {
  return Math.max(1, Math.round((sampleRateHz * FRAME_MS) / 1000));
}

function framesIn(format: WavFormat): number {
  return Math.ceil(format.dataBytes / (2 * format.channels) / frameLength(format));
}

/** The levels of a file from the frame `first` on. */
async function workOut(file: FileHandle, format: WavFormat, first: number): Promise<Uint8Array> {
  const frameBytes = 2 * format.channels * frameLength(format);
  const levels = new Uint8Array(2 * (framesIn(format) - first));
  const pieceFrames = Math.max(1, Math.floor(PIECE_BYTES / frameBytes));
  const piece = Buffer.alloc(pieceFrames * frameBytes);
  for (let frame = 0; frame < levels.length / 2; frame += pieceFrames) {
    const position = (first + frame) * frameBytes;
    const wanted = Math.min(piece.length, format.dataBytes - position);
    const { bytesRead } = await file.read(piece, 0, wanted, format.dataAt + position);
    const samples = new Int16Array(piece.buffer, piece.byteOffset, Math.floor(bytesRead / 2));
    noteLevels(levels, frame, samples, format);
  }
  return levels;
}

/** The first channel is the other side, the second this one; a single one is both together. */
function noteLevels(
  levels: Uint8Array,
  first: number,
  samples: Int16Array,
  format: WavFormat,
): void {
  const frameSamples = format.channels * frameLength(format);
  const side = new Int16Array(frameLength(format));
  for (let from = 0, frame = first; from < samples.length; from += frameSamples, frame += 1) {
    for (const channel of format.channels > 1 ? [0, 1] : [0]) {
      for (let i = 0; i < side.length; i += 1) {
        side[i] = samples[from + i * format.channels + channel] ?? 0;
      }
      levels[2 * frame + channel] = levelOf(side);
    }
  }
}

function apart(levels: Uint8Array): Waveform {
  const frames = Math.floor(levels.length / 2);
  const them = new Uint8Array(frames);
  const us = new Uint8Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    them[frame] = levels[2 * frame] ?? 0;
    us[frame] = levels[2 * frame + 1] ?? 0;
  }
  return { them, us };
}

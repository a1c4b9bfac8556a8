import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { FRAME_SAMPLES } from '../core/audio/frame.ts';
import { levelOf } from '../core/audio/level.ts';
import { correctLevels } from './levels-file.ts';
import type { FileMask } from './recording-job.ts';
import { HEADER_BYTES, readWavFormat, SAMPLE_BYTES } from './wav-header.ts';
import { writeAll } from './write-all.ts';

/** Samples changed at once: 10 s. */
const PIECE_SAMPLES = 500 * FRAME_SAMPLES;

/**
 * Makes a stretch of one side of a recording silent, in its file and in its levels. Its length stays as it
 * is and its header is not touched, so the file is valid at every moment. Throws what the disk refuses.
 */
export function maskRecording({ path, side, from, to }: FileMask): void {
  const file = openSync(path, 'r+');
  try {
    const samples = samplesIn(file);
    const first = Math.floor(Math.max(0, from) / FRAME_SAMPLES) * FRAME_SAMPLES;
    const end = Math.min(Math.ceil(to / FRAME_SAMPLES) * FRAME_SAMPLES, samples);
    for (let at = first; at < end; at += PIECE_SAMPLES) {
      const count = Math.min(PIECE_SAMPLES, end - at);
      const piece = new Int16Array(2 * count);
      const bytes = new Uint8Array(piece.buffer);
      readSync(file, bytes, 0, bytes.length, HEADER_BYTES + at * SAMPLE_BYTES);
      silence(piece, side, from - at, to - at);
      writeAll(file, bytes, HEADER_BYTES + at * SAMPLE_BYTES);
      correctLevels(path, side, at / FRAME_SAMPLES, levelsOf(piece, side));
    }
  } finally {
    closeSync(file);
  }
}

/** Samples of each side in a file written here; none in any other. */
function samplesIn(file: number): number {
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  const format = readWavFormat(header, fstatSync(file).size);
  const isOurs = format?.dataAt === HEADER_BYTES && format.channels === 2;
  return isOurs ? Math.floor(format.dataBytes / SAMPLE_BYTES) : 0;
}

/** Left is the other side, right this one. */
function channelOf(side: FileMask['side']): number {
  return side === 'them' ? 0 : 1;
}

function silence(piece: Int16Array, side: FileMask['side'], from: number, to: number): void {
  const last = Math.min(to, piece.length / 2);
  for (let i = Math.max(0, from); i < last; i += 1) piece[2 * i + channelOf(side)] = 0;
}

function levelsOf(piece: Int16Array, side: FileMask['side']): Uint8Array {
  const samples = piece.filter((_, i) => i % 2 === channelOf(side));
  const levels = new Uint8Array(Math.ceil(samples.length / FRAME_SAMPLES));
  for (const frame of levels.keys()) {
    const from = frame * FRAME_SAMPLES;
    levels[frame] = levelOf(samples.subarray(from, from + FRAME_SAMPLES));
  }
  return levels;
}

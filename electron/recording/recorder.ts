import { dirname } from 'node:path';
import type { Side } from '../core/audio/sound-tape.ts';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { RecordingId } from '../core/recording.ts';
import type { Log } from '../log.ts';
import { DiskWatch, type LowDisk } from './disk-room.ts';
import { RecordedCall, type RecordedSound, SAMPLES_PER_MS } from './recorded-call.ts';
import {
  type FileMask,
  type PieceSource,
  packSound,
  type RecordingAnswer,
} from './recording-job.ts';
import type { LaunchRecordingWriter, RecordingWriter } from './recording-writer.ts';
import { repairRecording } from './repair-recording.ts';

/** Sound is written this often: with the writing itself, less than 100 ms of it are ever unwritten. */
const WRITE_MS = 60;

/** The disk is looked at this often. */
const LOOK_MS = 5000;

/** A writer that ends so often without having done anything will not do better. */
const MOST_ENDS = 3;

/** What a recorder needs of the rest. */
type RecorderPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Starts the thread that writes. */
  readonly launch: LaunchRecordingWriter;
  /** A recording can no longer be written; its call goes on. Not told of one that is being stopped. */
  readonly onStopped: (recordingId: RecordingId, because: 'disk-full' | 'failed') => void;
  /** Little room is left on the disk; null when there is enough again. */
  readonly onDisk: (low: LowDisk | null) => void;
};

/** Writes the sound of calls to stereo WAV files while it is heard. */
export type Recorder = {
  /**
   * Begins to record a call, which must not be recorded already.
   * @param path of the new file; its folder is made @returns where the file begins in the call's sound, in ms
   */
  readonly start: (
    recordingId: RecordingId,
    sound: RecordedSound,
    path: string,
  ) => { readonly offsetMs: number };
  /** Silence is written in place of what is said during a pause. */
  readonly pause: (recordingId: RecordingId, on: boolean) => void;
  /**
   * Makes a stretch of one side silent, in a recording that is being written or was.
   * @param stretch in ms of the file
   */
  readonly mask: (
    recording: { readonly id: RecordingId; readonly path: string },
    stretch: { readonly side: Side; readonly atMs: number; readonly lengthMs: number },
  ) => void;
  /** Writes the rest, then lets go of the tape. @returns the length of the file; null when there is none */
  readonly stop: (recordingId: RecordingId) => Promise<{ readonly durationMs: number } | null>;
  /** Stops all recordings. */
  readonly close: () => Promise<void>;
};

/** What the writer is at. */
type Flight = { readonly pieces: readonly PieceSource[]; readonly mask: readonly FileMask[] };

/** A recording. @field end set when its file is closed; null is no file */
type Track = {
  readonly id: RecordingId;
  readonly call: RecordedCall;
  /** Whether the writer has to open its file: for the first time, or after another writer. */
  open: 'first' | 'again' | null;
  isStopping: boolean;
  end: { readonly durationMs: number | null } | null;
  readonly ended: Promise<void>;
  readonly settle: () => void;
};

/** Makes a recorder. */
export function createRecorder(ports: RecorderPorts): Recorder {
  const { clock, log, launch, onStopped, onDisk } = ports;
  const tracks = new Map<RecordingId, Track>();
  const disk = new DiskWatch(onDisk);
  let writer: RecordingWriter | null = null;
  /** The sound on its way to the disk; null when the writer is free. */
  let flight: Flight | null = null;
  /** What is to be masked in files by their name, once all before it is written. */
  let masks: readonly FileMask[] = [];
  let onMasked = (): void => {};
  let spare = new ArrayBuffer(0);
  let isDue = false;
  let ends = 0;
  let files = 0;
  let folders: readonly string[] = [];
  let lookAtMs = 0;
  let pace: { readonly periodMs: number; readonly cancel: Cancel } | null = null;

  const running = (): Track[] => [...tracks.values()].filter(({ end }) => end === null);

  const trackOf = (file: number): Track | undefined =>
    running().find(({ call }) => call.file === file);

  /** A timer runs only while there is something to write, or low room to look after. */
  const keepPace = (): void => {
    const periodMs = running().length > 0 ? WRITE_MS : disk.isLow ? LOOK_MS : 0;
    if (periodMs === (pace?.periodMs ?? 0)) return;
    pace?.cancel();
    pace = periodMs === 0 ? null : { periodMs, cancel: every(clock, periodMs, flush) };
  };

  const finish = (track: Track, durationMs: number | null): void => {
    track.end = { durationMs };
    track.settle();
  };

  const foldersToLookAt = (isWanted: boolean): readonly string[] => {
    const nowMs = clock.monotonic();
    if (!isWanted && nowMs < lookAtMs) return [];
    lookAtMs = nowMs + LOOK_MS;
    const used = running().map(({ call }) => dirname(call.path));
    if (used.length > 0) folders = [...new Set(used)];
    return folders;
  };

  const flush = (): void => {
    if (flight !== null) {
      isDue = true;
      return;
    }
    const all = running();
    const opened = all.filter(({ open }) => open !== null);
    const open = opened.map(track => ({
      file: track.call.file,
      path: track.call.path,
      again: track.open === 'again',
    }));
    for (const track of opened) track.open = null;
    const pieces: PieceSource[] = [];
    const close: number[] = [];
    for (const { call } of all) {
      call.collect();
      const piece = call.next();
      if (piece !== null) pieces.push(piece);
      if (call.isDone) close.push(call.file);
    }
    const look = foldersToLookAt(opened.length > 0);
    const mask = masks;
    if (open.length + pieces.length + close.length + mask.length + look.length === 0) return;
    masks = [];
    const sound = packSound(pieces, spare);
    flight = { pieces, mask };
    try {
      writer ??= launch({ onAnswer: answered, onEnd: lost });
      writer.post({ open, sound, pieces: pieces.length, close, mask, look });
    } catch (error) {
      lost(String(error));
    }
  };

  const answered = ({ sound, closed, failed, unmasked, freeBytes }: RecordingAnswer): void => {
    flight = null;
    spare = sound;
    ends = 0;
    if (masks.length === 0) onMasked();
    for (const { file, samples } of closed) {
      const track = trackOf(file);
      if (track !== undefined) finish(track, lengthMs(samples));
    }
    for (const { file, samples, because, code } of failed) {
      const track = trackOf(file);
      if (track === undefined) continue;
      log.warn({ recordingId: track.id, code }, 'A recording can no longer be written');
      finish(track, lengthMs(samples));
      if (!track.isStopping) onStopped(track.id, because);
    }
    for (const { code } of unmasked) log.error({ code }, 'A recording could not be masked');
    if (freeBytes !== null) disk.seen(freeBytes);
    keepPace();
    if (!isDue && !running().some(({ call }) => call.waits)) return;
    isDue = false;
    flush();
  };

  /** The writer ended: another one opens the same files and writes again what may not be written. */
  const lost = (reason: string): void => {
    ends += 1;
    log.warn({ reason, ends }, 'The writer of recordings ended and is started again');
    writer = null;
    spare = new ArrayBuffer(0);
    const unwritten = flight?.pieces ?? [];
    masks = [...(flight?.mask ?? []), ...masks];
    flight = null;
    for (const { file, stretch } of unwritten) trackOf(file)?.call.giveBack(stretch);
    for (const track of running()) track.open ??= 'again';
    if (ends < MOST_ENDS) {
      flush();
      return;
    }
    onMasked();
    for (const track of running()) void giveUp(track);
  };

  const giveUp = async (track: Track): Promise<void> => {
    const kept = await repairRecording(track.call.path);
    if (track.end !== null) return;
    finish(track, kept?.durationMs ?? null);
    if (!track.isStopping) onStopped(track.id, 'failed');
    keepPace();
  };

  /** Waits for what is still to be masked. */
  const masked = (): Promise<void> =>
    new Promise(resolve => {
      const isDone = masks.length === 0 && (flight?.mask.length ?? 0) === 0;
      if (isDone || ends >= MOST_ENDS) resolve();
      else onMasked = resolve;
    });

  const stop = async (track: Track): Promise<{ durationMs: number } | null> => {
    if (track.end === null && !track.isStopping) {
      track.isStopping = true;
      track.call.finish();
      flush();
    }
    await track.ended;
    tracks.delete(track.id);
    keepPace();
    const durationMs = track.end?.durationMs ?? null;
    return durationMs === null ? null : { durationMs };
  };

  return {
    start: (id, sound, path) => {
      const isTaken = running().some(track => track.call.tape === sound.tape && !track.isStopping);
      if (isTaken || tracks.has(id)) throw new Error('The call is recorded already');
      files += 1;
      const call = new RecordedCall(files, path, sound);
      let settle = (): void => {};
      const ended = new Promise<void>(resolve => {
        settle = resolve;
      });
      tracks.set(id, { id, call, open: 'first', isStopping: false, end: null, ended, settle });
      keepPace();
      flush();
      return { offsetMs: call.offset / SAMPLES_PER_MS };
    },
    pause: (id, on) => tracks.get(id)?.call.pause(on),
    mask: ({ id, path }, { side, atMs, lengthMs }) => {
      const from = Math.max(0, Math.floor(atMs * SAMPLES_PER_MS));
      const to = Math.ceil((atMs + lengthMs) * SAMPLES_PER_MS);
      if (to <= from) return;
      tracks.get(id)?.call.mask(side, { from, to });
      // In the file as well: the tape may not reach back so far, and what is closed is not written again.
      masks = [...masks, { path, side, from, to }];
      flush();
    },
    stop: async id => {
      const track = tracks.get(id);
      return track === undefined ? null : stop(track);
    },
    close: async () => {
      await Promise.all([...tracks.values()].map(stop));
      await masked();
      pace?.cancel();
      pace = null;
      await writer?.close();
      writer = null;
    },
  };
}

/** How long a file is; null when there is none. */
function lengthMs(samples: number | null): number | null {
  return samples === null || samples === 0 ? null : samples / SAMPLES_PER_MS;
}

import type { CallId } from './call.ts';
import type { CallQuality } from './quality.ts';

/**
 * The lossy lane: how loud everything is, pushed at most 30 times a second and never kept in state.
 * Levels are bytes: 0 is silence, 255 full scale, linear in decibels from -60 dBFS (see core/audio/level).
 */
export type Signals = {
  /** Loudest level the microphone picked up since the last push; null with no microphone. */
  readonly captured: number | null;
  /** Loudest level the gate let out since the last push; 0 while it is closed. */
  readonly sent: number;
  readonly calls: readonly CallSignals[];
  /** How the sound of each call goes; told once a second, else empty. */
  readonly qualities: readonly { readonly callId: CallId; readonly quality: CallQuality }[];
  /** Where the replay is and how long its sound is, in ms of the call's sound; null without one. */
  readonly replay: { readonly atMs: number; readonly lengthMs: number } | null;
};

/** The newest waveform of one call. */
type CallSignals = {
  readonly callId: CallId;
  /** Index of the first frame told here, counted from the start of the stream (20 ms each). */
  readonly firstFrame: number;
  /** Peak level of each new 20 ms frame of the other side. */
  readonly them: Uint8Array;
  /** Peak level of each new 20 ms frame of this side, as sent. Same length. */
  readonly us: Uint8Array;
};

/**
 * A stretch of a call's waveform at one zoom: each byte is the peak of `framesPerByte` frames.
 * `first` is the index of the first byte told, `length` how many the whole call has at this zoom.
 */
export type WaveformPart = Waveform & {
  readonly framesPerByte: number;
  readonly first: number;
  readonly length: number;
};

/** The waveform of a call from the start of its stream: one byte per 20 ms frame and side. */
export type Waveform = { readonly them: Uint8Array; readonly us: Uint8Array };

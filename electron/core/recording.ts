import type { CallId } from './call.ts';
import type { Mode } from './room.ts';

/** Earshot's own name for a recording. */
export type RecordingId = string;

/** Which calls are recorded unasked: none, those of one line, all. */
export const RECORD_POLICIES = ['asked', 'practice', 'account', 'always'] as const;

/** Which calls are recorded unasked. */
export type RecordPolicy = (typeof RECORD_POLICIES)[number];

/** Who writes a recording: this computer while the call runs, or Twilio, from whom it is fetched afterwards. */
export const RECORDERS = ['here', 'twilio'] as const;

/** Who writes a recording. */
export type Recorder = (typeof RECORDERS)[number];

/** The recording that runs on a live call. */
export type RunningRecording = {
  readonly id: RecordingId;
  readonly by: Recorder;
  /** When it began, in ms since the epoch. */
  readonly startedAt: number;
  readonly paused: boolean;
};

/** Why a recording stopped. */
export type RecordingEnd = 'asked' | 'call-ended' | 'disk-full' | 'failed';

/**
 * What is known of a recording that was made. `waiting`: Twilio has not handed it over yet. `lost`: it
 * never came, or its file is gone. `deleted`: by hand or because its time was over.
 */
export type Recording = {
  readonly id: RecordingId;
  readonly callId: CallId;
  readonly by: Recorder;
  /** Twilio's RecordingSid (RE…); null for one made here. */
  readonly sid: string | null;
  /** The account that has it at Twilio, and that alone can be asked for it; null for one made here. */
  readonly account: string | null;
  readonly startedAt: number;
  /** Where its first sample stands in the call's sound, in ms. */
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly status: 'running' | 'waiting' | 'kept' | 'lost' | 'deleted';
  /** Its file: stereo WAV, 8 kHz, 16 bits; left them, right us. */
  readonly path: string;
};

/** Something worth finding again in the sound of a call. */
export type Marker = {
  /**
   * `whisper`, `barge` and `takeover`: what this desk did in a call of others, as Twilio confirmed it;
   * `spoke`: its microphone reached somebody meanwhile. `masked`: what was said there is not kept.
   */
  readonly kind:
    | 'digits'
    | 'hold'
    | 'muted'
    | 'said'
    | 'sound-lost'
    | 'recording-paused'
    | Exclude<Mode, 'listen'>
    | 'spoke'
    | 'watch-word'
    | 'masked';
  /** Where it stands in the call's sound, in ms. */
  readonly atMs: number;
  /** How long it lasts; 0 for a moment. */
  readonly lengthMs: number;
  /** Whose it is: what the other side or this one did; null for what happened to both, or to the sound. */
  readonly side: 'them' | 'us' | null;
  /** A word or two about it, such as the digits, or who could hear this desk. */
  readonly label: string;
};

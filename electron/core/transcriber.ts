import type { CallId } from './call.ts';
import type { Problem } from './problem.ts';
import type { Side } from './segment.ts';
import type { TranscriberName } from './transcription.ts';

/** A transcriber that is given the sound of calls: it runs here, or the sound is sent to it. */
export type SoundTranscriber = {
  readonly name: Exclude<TranscriberName, 'twilio'>;
  /** What stands in the way now, such as a missing key or pack; null when it can begin. */
  readonly obstacle: (language: string) => Problem | null;
  /** Begins to listen to one side of a call. It connects by itself, and again after every failure, until closed. */
  readonly open: (request: ListenRequest, listener: TranscriberListener) => ListeningSession;
  readonly close: () => Promise<void>;
};

/** What is to be listened to. */
export type ListenRequest = {
  readonly callId: CallId;
  readonly speaker: Side;
  /** BCP-47. */
  readonly language: string;
  /** Words and names that are likely to be said. */
  readonly hints: readonly string[];
};

/** A piece of what was understood. A later one of the same id takes its place, until one is final. */
export type HeardPiece = {
  /** Names the piece within its session; never used again. */
  readonly id: string;
  readonly text: string;
  readonly isFinal: boolean;
  /** 0 to 1; null when it is not told. */
  readonly confidence: number | null;
  /** Its place in the sound as it was fed, in ms of the call; null when the transcriber does not tell. */
  readonly place: { readonly atMs: number; readonly lengthMs: number } | null;
  /** Where each word begins, in ms of the call, as many as the text has between spaces; null when it is not told. */
  readonly wordsAtMs: readonly number[] | null;
};

/** Told of what a session understands, and of how it is. */
export type TranscriberListener = {
  /** It listens from now on, the first time or again. */
  readonly onReady: () => void;
  readonly onPiece: (piece: HeardPiece) => void;
  /** It does not listen now. @param retryAt when it tries again by itself, in ms since the epoch; null: never */
  readonly onFault: (problem: Problem, retryAt: number | null) => void;
  /** Some of what is said is left out, because this computer or the way is too slow; null: all is understood again. */
  readonly onBehind: (problem: Problem | null) => void;
};

/** One side of a call that is listened to. */
export type ListeningSession = {
  /**
   * 20 ms of sound, or more. Also silence comes, in order; what was lost on the way is left out.
   * @param atMs its place, in ms of the call @param mulaw 8 kHz
   */
  readonly feed: (atMs: number, mulaw: Uint8Array) => void;
  /** Somebody began to talk or stopped, told up to half a second late. @param atMs where in the call */
  readonly talking: (on: boolean, atMs: number) => void;
  /** Ends it; done when the last words were told, or after two seconds. */
  readonly close: () => Promise<void>;
};

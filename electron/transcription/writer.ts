import type { LiveCall } from '../core/call.ts';
import type { Problem } from '../core/problem.ts';
import type { Side } from '../core/segment.ts';
import type { TranscriberName, Transcription, TranscriptionNews } from '../core/transcription.ts';

/** What a writer understood. A later piece with the same `key` takes its place, until one is final. */
export type Understood = {
  /** Names it within its writer. */
  readonly key: string;
  readonly speaker: Side;
  readonly who: string | null;
  readonly whispered: boolean;
  /** Empty in a final piece: there were no words after all. */
  readonly text: string;
  readonly isFinal: boolean;
  /** 0 to 1; null when it is not told. */
  readonly confidence: number | null;
  /** In ms of the call's sound. */
  readonly place: { readonly atMs: number; readonly lengthMs: number } | null;
  /** Where each word begins, in ms of the call's sound. */
  readonly wordsAtMs: readonly number[] | null;
};

/** How a writer is. */
export type WriterStatus = Pick<Transcription, 'problem' | 'retryAt'> & {
  readonly status: Exclude<Transcription['status'], 'off'>;
};

/** What a writer listens to, and how. */
export type WriterRequest = {
  readonly call: LiveCall;
  /** BCP-47. */
  readonly language: string;
  readonly hints: readonly string[];
};

/** Told by a writer. */
export type WriterListener = {
  readonly onStatus: (status: WriterStatus) => void;
  readonly onPiece: (piece: Understood) => void;
};

/** Writes down what is said on one call, until it is ended. */
export type Writer = {
  readonly by: TranscriberName;
  /** Takes over how the call is now. */
  readonly follow: (call: LiveCall) => void;
  /** @param atMs its place, in ms of the call @param mulaw 8 kHz */
  readonly hear: (side: Side, atMs: number, mulaw: Uint8Array) => void;
  readonly talking: (side: Side, on: boolean, atMs: number) => void;
  /** Takes what Twilio tells. @returns false when it is about something else */
  readonly told: (news: TranscriptionNews) => boolean;
  /** Tries again what waits or has failed. */
  readonly retry: () => void;
  /** Ends it; done when its last words were told. @param isOver the call is over with it */
  readonly end: (isOver: boolean) => Promise<void>;
};

/** Nobody writes, and this is why. */
export function noWriter(
  by: TranscriberName,
  { onStatus }: Pick<WriterListener, 'onStatus'>,
  problem: Problem,
): Writer {
  onStatus({ status: 'failed', problem, retryAt: null });
  return {
    by,
    follow: () => {},
    hear: () => {},
    talking: () => {},
    told: () => false,
    retry: () => {},
    end: async () => {},
  };
}

/** A writer that begins. */
export const STARTING: WriterStatus = { status: 'starting', problem: null, retryAt: null };

/** A writer that listens. */
export const LISTENING: WriterStatus = { status: 'on', problem: null, retryAt: null };

/**
 * How a writer is that has several parts. While one of them listens, another's failure only leaves
 * something out.
 * @param wasOn it listened before: a part that joins does not make it begin again
 */
export function statusOf(parts: readonly WriterStatus[], wasOn: boolean): WriterStatus {
  const isOn = parts.some(({ status }) => status === 'on' || status === 'behind');
  const wrong = parts.find(({ status }) => status === 'failed' || status === 'behind');
  const begins = parts.some(({ status }) => status === 'starting');
  if (begins && !(isOn && wasOn)) return STARTING;
  if (wrong === undefined) return isOn ? LISTENING : STARTING;
  return { status: isOn ? 'behind' : 'failed', problem: wrong.problem, retryAt: wrong.retryAt };
}

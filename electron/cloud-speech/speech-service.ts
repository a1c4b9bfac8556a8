import type { Problem } from '../core/problem.ts';
import type { ListenRequest, SoundTranscriber } from '../core/transcriber.ts';

/** How a connection ended. */
export type ConnectionEnd =
  | {
      readonly kind: 'refused';
      /** The HTTP status of the upgrade. */
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** The beginning of what was answered; never told to anybody. */
      readonly body: string;
    }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  /** No way there, or no answer in time. */
  | { readonly kind: 'unreachable'; readonly code: string | null }
  /** It broke, or gave no sign of life. */
  | { readonly kind: 'lost'; readonly code: string | null };

/** Why a service does not listen, and when it is asked again. */
export type Fault = {
  readonly problem: Problem;
  /** `now`: nobody needs to know; `soon`: with growing pauses; `late`: waiting does not help much. */
  readonly retry: 'now' | 'soon' | 'late' | 'never';
  /** Not before so long, in ms. */
  readonly afterMs?: number;
};

/** What was understood, in the connection's own time. */
type HeardThere = {
  /** The service's own name for it. */
  readonly key: string;
  readonly text: string;
  readonly isFinal: boolean;
  readonly confidence: number | null;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Where each word begins; null when it is not told. */
  readonly wordsMs: readonly number[] | null;
};

/** What a conversation with a service tells of. */
export type TalkPorts = {
  /** Sends a message: text as text, sound as bytes. */
  readonly send: (message: string | Uint8Array) => void;
  /** How much sound was sent, in ms. */
  readonly sentMs: () => number;
  /** The service listens from now on. */
  readonly onReady: () => void;
  /** The service ends the session by itself then, in ms from now. */
  readonly onLimit: (afterMs: number) => void;
  readonly onHeard: (heard: HeardThere) => void;
  /** All that was said there was told, in the connection's own time. */
  readonly onUnderstood: (fromMs: number, untilMs: number) => void;
  /** The service will not go on. */
  readonly onFault: (fault: Fault) => void;
  /** After `finish`: the last was told. */
  readonly onOver: () => void;
  /** Something happened that is only worth a line in the log. @param code a word of the protocol */
  readonly onOddity: (code: string) => void;
};

/** One connection's conversation in the protocol of a service. */
export type Talk = {
  /** The connection stands. */
  readonly begin: () => void;
  /** Sends sound; `sentMs` does not count it yet. @param mulaw 8 kHz */
  readonly sound: (mulaw: Uint8Array) => void;
  /** Somebody began to talk or stopped. @param atMs in the connection's own time */
  readonly turn: (isOn: boolean, atMs: number) => void;
  /** The service said something. */
  readonly message: (text: string) => void;
  /** Nothing was sent for some seconds. */
  readonly idle: () => void;
  /** No more sound comes: what is left is to be understood now. */
  readonly finish: () => void;
  /** The connection is gone: what was final is told. */
  readonly ended: () => void;
};

/** A service that understands speech. */
export type SpeechService = {
  readonly name: SoundTranscriber['name'];
  /** Where it listens, and how it is told who asks. */
  readonly address: (
    request: ListenRequest,
    key: string,
  ) => { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** @param context the last words that were understood */
  readonly talk: (request: ListenRequest, context: string, ports: TalkPorts) => Talk;
  readonly explain: (end: ConnectionEnd) => Fault;
};

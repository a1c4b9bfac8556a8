import type { CallId } from './call.ts';
import type { Problem } from './problem.ts';

/** Who turns speech into words: Twilio itself, this computer alone, or a service. */
export const TRANSCRIBERS = ['twilio', 'offline', 'openai', 'deepgram'] as const;

/** Who turns speech into words. */
export type TranscriberName = (typeof TRANSCRIBERS)[number];

/** The services that want a key of the person's own. */
export const KEYED_TRANSCRIBERS = ['openai', 'deepgram'] as const;

/** A service that wants a key. */
export type KeyedTranscriber = (typeof KEYED_TRANSCRIBERS)[number];

/** How the transcript of a live call is made. */
export type Transcription = {
  /** Null: nobody was asked to. */
  readonly by: TranscriberName | null;
  /**
   * `behind`: this computer is too slow, and some of what is said now is left out. `failed`: nobody
   * listens now; with `retryAt` it is tried again by itself.
   */
  readonly status: 'off' | 'starting' | 'on' | 'behind' | 'failed';
  /** What is wrong while `behind` or `failed`. */
  readonly problem: Problem | null;
  /** When it is tried again, in ms since the epoch. */
  readonly retryAt: number | null;
  /** BCP-47. */
  readonly language: string;
};

/** A call nobody was asked to transcribe. */
export const NOT_TRANSCRIBED: Transcription = {
  by: null,
  status: 'off',
  problem: null,
  retryAt: null,
  language: 'en-US',
};

/** Something that can be fetched so that this computer understands a language by itself. */
export type Pack = {
  /** Such as `en-us-small`. */
  readonly id: string;
  /** What it is, for a person. */
  readonly title: string;
  /** The languages it understands, BCP-47. */
  readonly languages: readonly string[];
  /** Under which licences it comes. */
  readonly licence: string;
  readonly sizeBytes: number;
  readonly status: 'absent' | 'downloading' | 'paused' | 'checking' | 'ready' | 'failed';
  /** How much of it is here. */
  readonly doneBytes: number;
  /** Why it failed. */
  readonly problem: Problem | null;
};

/** Which services have a key: kept on this computer, for this run only, or from the environment. */
export type TranscriberKeys = Readonly<Record<KeyedTranscriber, 'kept' | 'this-run' | null>>;

/** No service has a key. */
export const NO_KEYS: TranscriberKeys = { openai: null, deepgram: null };

/** Tracks of a leg, named from Twilio's side: what its party says, and what its party hears. */
export type LegTrack = 'inbound' | 'outbound';

/** What Twilio is asked to transcribe of one leg. */
export type TranscriptionRequest = {
  readonly callSid: string;
  readonly tracks: readonly LegTrack[];
  /** BCP-47. */
  readonly language: string;
  /** Words and names that are likely to be said. */
  readonly hints: readonly string[];
  /** How each track is called, as Twilio keeps it. */
  readonly labels: Readonly<Record<LegTrack, string>>;
};

/** What a desk wants of Twilio's own transcripts for a call that only begins. */
export type TranscriptionWish = Omit<TranscriptionRequest, 'callSid'>;

/** What the transcripts ask of the line in use. Every failure is a `ProblemError`. */
export type LineTranscriptions = {
  /** Begins to transcribe a live leg. @returns its sid (GT…) */
  readonly start: (request: TranscriptionRequest) => Promise<string>;
  /** Ends it; nothing happens when it is over. */
  readonly stop: (callSid: string, transcriptionSid: string) => Promise<void>;
  /** Whether a call of this desk was told to begin with its transcript: `started` comes by itself. */
  readonly isBegun: (callId: CallId) => boolean;
};

/** What Twilio tells of transcripts. Repetitions and what comes out of order are told too. */
export type TranscriptionNews = {
  readonly callSid: string;
  readonly transcriptionSid: string;
} & (
  | { readonly news: 'started'; readonly language: string | null }
  | {
      readonly news: 'content';
      readonly track: LegTrack;
      /** One counter over all tracks of a transcript. */
      readonly sequence: number;
      readonly text: string;
      readonly isFinal: boolean;
      /** 0 to 1; null when it is not told. */
      readonly confidence: number | null;
    }
  | { readonly news: 'stopped' }
  | { readonly news: 'failed'; readonly code: string }
);

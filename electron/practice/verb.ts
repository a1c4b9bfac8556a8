import type { Progress } from './call.ts';
import type { JoinOptions } from './conference-options.ts';
import type { Method } from './webhooks.ts';

/** What a caller can be told while something is asked or waited for. */
export type Prompt =
  | { readonly verb: 'Say'; readonly text: string; readonly voice: string; readonly loop: number }
  | { readonly verb: 'Play'; readonly url: string; readonly digits: string; readonly loop: number }
  | { readonly verb: 'Pause'; readonly ms: number };

/** Where a verb goes on; relative to the document. */
type Action = { readonly action: string | undefined; readonly method: Method };

/** Whom to tell about something; the URL is relative to the document. */
export type CallbackNoun = { readonly url: string; readonly method: Method };

/** `<Gather>`: asks for keys or words. Times in milliseconds; `speechTimeoutMs` is the quiet that ends a sentence. */
export type Gather = Action & {
  readonly verb: 'Gather';
  readonly dtmf: boolean;
  readonly speech: boolean;
  readonly numDigits: number;
  readonly timeoutMs: number;
  readonly speechTimeoutMs: number;
  readonly finishOnKey: string;
  readonly partialResult: CallbackNoun | undefined;
  readonly actionOnEmptyResult: boolean;
  readonly prompts: readonly Prompt[];
};

/** Twilio's words for the two directions of a leg: what its person says, and what they hear. */
export type Track = 'inbound' | 'outbound';

/** `<Stream>`, in whichever verb it stands. */
export type StreamNoun = {
  readonly url: string;
  readonly name: string;
  readonly tracks: readonly Track[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly callback: CallbackNoun | undefined;
};

/** `<Connect><Stream>`: the two-way stream. */
export type Stream = Action & StreamNoun & { readonly verb: 'Stream' };

/** `<Start><Stream>`: a stream that only listens. */
type StartStream = StreamNoun & { readonly verb: 'StartStream' };

/** What a `<Transcription>` asks for; its callback's URL is relative to the document. */
export type TranscriptionNoun = {
  /** Empty when it has none. */
  readonly name: string;
  readonly callback: CallbackNoun | undefined;
  readonly tracks: readonly Track[];
  readonly trackLabels: Readonly<Record<Track, string>>;
  readonly partialResults: boolean;
  /** BCP-47. */
  readonly languageCode: string;
  readonly transcriptionEngine: string;
  /** Empty for the engine's own choice. */
  readonly speechModel: string;
  readonly hints: string;
  readonly profanityFilter: boolean;
  readonly enableAutomaticPunctuation: boolean;
  /** Where Twilio would keep the transcript; nobody keeps it here. */
  readonly intelligenceService: string;
};

/** Steps of a recording that can be told. */
export type RecordingEvent = 'in-progress' | 'completed' | 'absent';

/** How a call is recorded and who is told. */
export type RecordingNoun = {
  /** 1: both sides mixed; 2: the far person left, what they hear right. */
  readonly channels: 1 | 2;
  readonly callback: CallbackNoun | undefined;
  readonly events: readonly RecordingEvent[];
};

/** `<Record>`: a message after the beep. Times in milliseconds; `timeoutMs` is the quiet that ends it. */
export type RecordVerb = Action &
  RecordingNoun & {
    readonly verb: 'Record';
    readonly maxLengthMs: number;
    readonly timeoutMs: number;
    readonly finishOnKey: string;
    readonly playBeep: boolean;
  };

/** `<Enqueue>`: lets the caller wait. */
export type Enqueue = Action & {
  readonly verb: 'Enqueue';
  readonly queue: string;
  readonly waitUrl: string | undefined;
  readonly waitMethod: Method;
};

/** One `<Number>` of a Dial. */
export type DialNumber = {
  readonly number: string;
  readonly sendDigits: string;
  /** What the one who answers is told first. */
  readonly whisper: CallbackNoun | undefined;
  readonly callback: CallbackNoun | undefined;
  readonly events: readonly Progress[];
};

/** The `<Queue>` of a Dial. */
export type DialQueue = { readonly name: string; readonly whisper: CallbackNoun | undefined };

/** The `<Conference>` of a Dial; its URLs are relative to the document. */
export type DialConference = { readonly name: string; readonly options: JoinOptions };

/** `<Dial>` of numbers that ring at once, of a queue, or of a conference. Times in milliseconds. */
export type Dial = Action & {
  readonly verb: 'Dial';
  readonly numbers: readonly DialNumber[];
  readonly queue: DialQueue | undefined;
  readonly conference: DialConference | undefined;
  readonly callerId: string | undefined;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  readonly hangupOnStar: boolean;
  readonly answerOnBridge: boolean;
  readonly recording: RecordingNoun | undefined;
};

/** One instruction of a TwiML document. */
export type Verb =
  | Prompt
  | Gather
  | Stream
  | StartStream
  | Enqueue
  | Dial
  | RecordVerb
  | (RecordingNoun & { readonly verb: 'StartRecording' })
  | (TranscriptionNoun & { readonly verb: 'StartTranscription' })
  | { readonly verb: 'StopStream'; readonly name: string }
  | { readonly verb: 'StopTranscription'; readonly name: string }
  | { readonly verb: 'StopRecording' }
  | { readonly verb: 'Redirect'; readonly url: string; readonly method: Method }
  | { readonly verb: 'Reject'; readonly reason: 'busy' | 'rejected' }
  | { readonly verb: 'Hangup' }
  | { readonly verb: 'Leave' }
  | { readonly verb: 'unknown'; readonly name: string };

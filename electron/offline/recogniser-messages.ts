/** What the recogniser's process is told. Sides are numbered by the app, never twice. */
export type RecogniserRequest =
  | {
      readonly kind: 'open';
      readonly side: number;
      readonly libraryPath: string;
      readonly modelPath: string;
      /** The rate of the sound the model was made for. */
      readonly rateHz: number;
    }
  /** Sound of all sides at once, in the order of the rows. */
  | { readonly kind: 'sound'; readonly rows: readonly SoundRow[]; readonly mulaw: Uint8Array }
  /** No more comes of it: it is told of the last words, then `closed`. */
  | { readonly kind: 'close'; readonly side: number };

/** Whose the next bytes of a batch are. */
export type SoundRow = {
  readonly side: number;
  /** Its place, in ms of the call. */
  readonly atMs: number;
  /** Bytes of µ-law at 8 kHz. */
  readonly length: number;
  /** Here somebody stopped talking. */
  readonly ends: boolean;
  /** It was sent to another process before: that it comes late is nobody's slowness. */
  readonly again: boolean;
};

/** What the recogniser's process tells. */
export type RecogniserReport =
  /** A model is being loaded: whatever ends the process until `proved` is its fault. */
  | { readonly kind: 'loading'; readonly modelPath: string }
  /** It was loaded, and sound went through it. */
  | { readonly kind: 'proved'; readonly modelPath: string }
  /** It cannot be loaded. */
  | { readonly kind: 'unusable'; readonly modelPath: string; readonly detail: string }
  | { readonly kind: 'ready'; readonly side: number }
  | {
      readonly kind: 'heard';
      readonly side: number;
      /** Null: nothing, which ends what was heard before if it is final. */
      readonly words: HeardWords | null;
      readonly isFinal: boolean;
      /** Sound up to here is understood, in ms of the call. */
      readonly throughMs: number;
    }
  /** Sound was left out, because it had waited for too long. */
  | {
      readonly kind: 'skipped';
      readonly side: number;
      readonly atMs: number;
      readonly lengthMs: number;
    }
  /** Answers each batch. @param waitingMs how much sound of any side waits */
  | { readonly kind: 'taken'; readonly waitingMs: number }
  | { readonly kind: 'closed'; readonly side: number };

/** Words with their places, in ms of the call. */
export type HeardWords = {
  readonly text: string;
  /** 0 to 1; null while they may still change. */
  readonly confidence: number | null;
  readonly atMs: number;
  readonly lengthMs: number;
  /** Null while they may still change. */
  readonly wordsAtMs: readonly number[] | null;
};

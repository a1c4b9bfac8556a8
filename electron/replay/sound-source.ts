/** Sound of the past that can be played: both sides mixed, 16 bits, 8 kHz, by its place in the call. Places are samples of the call. */
export type SoundSource = {
  /** The first sample there is. */
  readonly start: () => number;
  /** The sample after the last one; grows while the call goes on. */
  readonly end: () => number;
  /** Whether more sound comes at the end. */
  readonly grows: () => boolean;
  /** Up to `count` samples from a place; fewer near the end; none while they are being read from the disk. */
  readonly read: (at: number, count: number) => Int16Array;
  /** Where somebody speaks again when nobody does at this place; the place itself when somebody does. */
  readonly speechAfter: (at: number) => number;
  readonly close: () => void;
};

import type { Problem } from './problem.ts';

/** Which newer versions are offered: finished ones, those still being tried too, or none. */
export const UPDATE_CHOICES = ['stable', 'beta', 'off'] as const;

/** What the person chose about updates. */
export type UpdateChoice = (typeof UPDATE_CHOICES)[number];

/** Where versions are published. */
export type UpdateChannel = Exclude<UpdateChoice, 'off'>;

/** A version newer than this one. */
export type Release = {
  readonly version: string;
  /** What is new in it: plain text. Written by its publisher, so never taken for more than text. */
  readonly notes: string;
  /** An https address to read more at, or to fetch it from by hand. */
  readonly link: string | null;
};

/**
 * How far an update is. `available` waits for calls to end; `ready` is put in place when the app ends;
 * `by-hand`: this copy cannot replace itself, so a newer one is only told.
 */
export type UpdateStatus =
  | 'off'
  | 'none'
  | 'checking'
  | 'available'
  | 'downloading'
  | 'ready'
  | 'failed'
  | 'by-hand';

/** What is known of newer versions. */
export type Updates = {
  readonly status: UpdateStatus;
  /** The newer version; null while none is known. */
  readonly version: string | null;
  readonly notes: string;
  readonly link: string | null;
  readonly doneBytes: number;
  /** Null until the download began. */
  readonly totalBytes: number | null;
  /** When it was last learnt what there is, in ms since the epoch. */
  readonly checkedAt: number | null;
  /** Why it failed; null unless `failed`. */
  readonly problem: Problem | null;
};

/** Nothing is known of newer versions, and nobody asks. */
export const NO_UPDATES: Updates = {
  status: 'off',
  version: null,
  notes: '',
  link: null,
  doneBytes: 0,
  totalBytes: null,
  checkedAt: null,
  problem: null,
};

import type { Release, UpdateChannel } from '../core/updates.ts';

/** What finds, fetches and puts in place newer versions of this app. */
export type Updater = {
  /** Whether this copy can be replaced by a newer one; otherwise a person has to do it. */
  readonly installs: boolean;
  /**
   * The version offered on a channel; null when none is newer than this one. Rejects when that could
   * not be learnt, or with the reason of `signal` when that gives it up.
   */
  readonly find: (channel: UpdateChannel, signal: AbortSignal) => Promise<Release | null>;
  /**
   * Downloads what was found last and verifies it; resolves once it lies ready. Rejects when that
   * failed or was given up by `signal`; then nothing lies ready.
   */
  readonly fetch: (
    onProgress: (doneBytes: number, totalBytes: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Whether what lies ready is put in place when the app ends. */
  readonly installOnQuit: (on: boolean) => void;
  /** Asks the app to end; once all is closed, what lies ready is put in place and opened. */
  readonly install: () => void;
};

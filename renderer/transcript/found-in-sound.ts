import type { CallId } from '../../electron/core/call.ts';
import { createStore } from '../state/store.ts';

/** Where what is looked for in the transcript on screen is said in the call's sound, in ms; null without a transcript. */
export const foundInSound = createStore<{
  readonly callId: CallId;
  readonly atMs: readonly number[];
} | null>(null);

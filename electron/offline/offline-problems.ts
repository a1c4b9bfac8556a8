import type { Problem } from '../core/problem.ts';

/** Nothing here understands the language. */
export const NO_PACK: Problem = {
  kind: 'transcriber-unready',
  message: 'This computer has no pack for the language of this call, so it cannot write it down.',
  remedy: 'Fetch it in Settings > Transcripts.',
};

/** The recogniser ended by itself; another takes its place. */
export const RECOGNISER_ENDED: Problem = {
  kind: 'transcript-failed',
  message:
    'The recogniser of this computer stopped. The call goes on, and what is said now follows.',
  remedy: 'Wait a moment: it is started again by itself.',
};

/** More is said than this computer can write down. */
export const TOO_SLOW: Problem = {
  kind: 'transcript-behind',
  message:
    'This computer is too slow for all that is said now, and some words are left out. The call is not touched.',
  remedy:
    'Write down fewer calls at once, or choose another transcriber in Settings > Transcripts.',
};

/** A model that cannot be loaded, or ends the recogniser each time. */
export const BROKEN_MODEL: Problem = {
  kind: 'pack-failed',
  message:
    'The pack for this language does not work on this computer. The call goes on without words.',
  remedy: 'Remove the pack in Settings > Transcripts and fetch it again.',
};

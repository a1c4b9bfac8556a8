import type { CallId } from '../../electron/core/call.ts';
import { answerTarget, ringOnTop } from '../keys/key-targets.ts';
import { useConsole } from '../state/use-console.ts';

/** The call that the key for Decline means. */
export function useRingOnTop(): CallId | null {
  return useConsole(state => ringOnTop(state)?.id ?? null);
}

/** The call that the key for Answer means. */
export function useAnswerTarget(): CallId | null {
  return useConsole(state => answerTarget(state)?.id ?? null);
}

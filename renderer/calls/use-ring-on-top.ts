import type { CallId } from '../../electron/core/call.ts';
import { ringOnTop } from '../keys/key-targets.ts';
import { useConsole } from '../state/use-console.ts';

/** The call that the keys for Answer and Decline mean. */
export function useRingOnTop(): CallId | null {
  return useConsole(state => ringOnTop(state)?.id ?? null);
}

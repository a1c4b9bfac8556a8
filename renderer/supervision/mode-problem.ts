import type { CallId } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';

/** What went wrong with how this desk is in a call, as the main process names it; null when nothing did. */
export function modeProblemOf(
  callId: CallId | null,
  { problems }: Pick<ConsoleState, 'problems'>,
): ConsoleState['problems'][number] | null {
  return problems.find(({ id }) => id === `supervision-${callId}`) ?? null;
}

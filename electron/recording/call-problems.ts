import type { CallId } from '../core/call.ts';
import type { Problem } from '../core/problem.ts';
import { type ConsoleState, findCall } from '../core/state.ts';

/** Stands before the name of a call in the name of what is wrong with its recording. */
const PREFIX = 'recording-of-';

/** What call problems need of the rest. */
type CallProblemPorts = {
  readonly state: () => ConsoleState;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, found: Problem | null) => void;
};

/**
 * Tells what is wrong with the recording of a call, or with null that nothing is. One call's problem is not
 * ended by another's recording while both go on; it outlives its call until there is news of any other.
 */
export function callProblems({ state, problem }: CallProblemPorts) {
  const isOver = (callId: CallId): boolean => {
    const call = findCall(state(), callId);
    return call === undefined || call.status === 'ended';
  };
  return (callId: CallId, found: Problem | null): void => {
    for (const { id } of state().problems) {
      if (id.startsWith(PREFIX) && isOver(id.slice(PREFIX.length))) problem(id, null);
    }
    problem(PREFIX + callId, found);
  };
}

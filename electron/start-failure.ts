import { ProblemError } from './core/problem.ts';
import { loggedFields } from './logged-fields.ts';

/** Why a program did not start, as a line for its standard error: what others' errors say is masked. */
export function startFailure(error: unknown): string {
  if (error instanceof ProblemError) return `${error.problem.message} ${error.problem.remedy}\n`;
  return `Earshot could not start: ${JSON.stringify(loggedFields({ err: error }, true))}\n`;
}

import { ProblemError } from '../core/problem.ts';

/** Twilio's code for a pair of name and secret that it does not know. Source: https://www.twilio.com/docs/api/errors/20003 */
const NOT_KNOWN = '20003';

/** A refusal of what opens an account, naming what was refused: Twilio has one code for token and key. */
export function refusedKey(error: ProblemError, isKeyUsed: boolean): ProblemError {
  const { problem } = error;
  if (!isKeyUsed || problem.code !== NOT_KNOWN) return error;
  return new ProblemError(
    {
      ...problem,
      message:
        'Twilio refused the API key or its secret. Calls cannot start or change; live calls go on.',
      remedy: 'Enter the API key with its secret again; it may have been deleted.',
    },
    { cause: error },
  );
}

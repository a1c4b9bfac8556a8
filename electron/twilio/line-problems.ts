import { type Problem, ProblemError } from '../core/problem.ts';

/** The call is not in the state that a command is about. */
export function wrongState(message: string): ProblemError {
  return problem('wrong-call-state', message, 'Look at the call’s status first.');
}

/** No call of this line has this id. */
export function noSuchCall(): ProblemError {
  return problem('no-such-call', 'This line has no such call.', 'Name a call that is not over.');
}

/** Twilio has no way to reach this computer. */
export function unreachableHere(): ProblemError {
  return problem(
    'line-down',
    'Twilio cannot reach this computer, so only messages can be spoken into calls.',
    'Open the tunnel, or set a public address that leads here.',
  );
}

/** A message does not fit into the request for its call, and Twilio cannot ask for it here. */
export function messageTooLong(): ProblemError {
  return problem(
    'not-available',
    'The message is too long: while Twilio cannot reach this computer, it takes about 3800 characters.',
    'Shorten it, or open the tunnel or set a public address that leads here.',
  );
}

function problem(kind: Problem['kind'], message: string, remedy: string): ProblemError {
  return new ProblemError({ kind, message, remedy });
}

/** Told as long as requests are let in unchecked. */
export const SKIPPED_PROBLEM: Problem = {
  kind: 'signatures-skipped',
  message: 'Signatures are not checked: anybody who knows the address can pretend to be Twilio.',
  remedy: 'Use this for development only; remove EARSHOT_SKIP_SIGNATURE and start again.',
};

import type { CallAgent } from '../core/agent.ts';
import { type Problem, ProblemError } from '../core/problem.ts';

/** The call is not in a state for what was asked of its agent. */
export function wrongState(
  message: string,
  remedy = 'Look at the call’s status first.',
): ProblemError {
  return new ProblemError({ kind: 'wrong-call-state', message, remedy });
}

/** The settings name no program. */
export function noAgent(): ProblemError {
  return new ProblemError({
    kind: 'not-available',
    message: 'No voice agent is set up.',
    remedy: 'Give the address of its program in the settings, under Supervision.',
  });
}

/** What the settings name is no address. */
export function noAddress(name: string): ProblemError {
  return new ProblemError({
    kind: 'not-available',
    message: `The address of the program of ${name} is not one that can be connected to. The call stays with you.`,
    remedy: 'Correct it in the settings, under Supervision.',
  });
}

/** The program did not say that it takes such things. @param what what it does instead */
export function takesNone(what: string): ProblemError {
  return new ProblemError({
    kind: 'not-available',
    message: `The program of this voice agent ${what}. It goes on serving the call.`,
    remedy: 'Speak to the caller yourself, or let the program accept it as the README says.',
  });
}

/** The program of an agent is gone. */
export function unreachable({ name, status }: CallAgent): Problem {
  const rest =
    status === 'silent'
      ? 'You speak with the caller as before.'
      : 'The caller is still on the line and hears nobody.';
  return {
    kind: 'agent-unreachable',
    message: `The program of ${name} does not answer. ${rest}`,
    remedy: 'Open your microphone to speak with the caller, or hand the call to the agent again.',
  };
}

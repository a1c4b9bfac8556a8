import { type Problem, ProblemError } from './problem.ts';
import type { ConsoleState } from './state.ts';

/** What a problem says of the calls that were there when it was told. */
type Calls = Pick<ConsoleState, 'calls'>;

const AGAIN =
  'If it happens again, save the diagnostics in Settings, About, and send them to whoever helps you.';

/** What of the calls is still there, as a sentence; empty while there is none. */
export function callsGoOn({ calls }: Calls): string {
  const live = calls.filter(call => call.status === 'live').length;
  if (live === 0) return '';
  return live === 1 ? 'Your call goes on.' : `Your ${live} calls go on.`;
}

/** Something failed inside the program that nobody foresaw. */
export function faultProblem(calls: Calls): Problem {
  return told('fault', 'Something went wrong inside Earshot, which keeps running.', calls);
}

/** What draws the window ended by itself. */
export function windowCrashed(calls: Calls): Problem {
  return told('window-crashed', 'The window crashed and is loaded again.', calls);
}

/** A process that the system starts for the window ended by itself: the graphics, the network. */
export function processGone(calls: Calls): Problem {
  return told('process-gone', 'A part of Earshot ended by itself and is started again.', calls);
}

/** The window is there and does nothing. */
export function windowHung(calls: Calls): Problem {
  return {
    kind: 'window-hung',
    message: sentences('The window does not answer.', calls),
    remedy: 'Wait a little, or load the window again.',
  };
}

/** Why Earshot did not start, for somebody who reads no log. What others' errors say stays out of it. */
export function startProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    kind: 'fault',
    message: 'Earshot could not start for a reason it did not foresee.',
    remedy:
      'Open it again. If it happens again, install it anew; calls and settings are kept apart from it.',
  };
}

function told(kind: Problem['kind'], happened: string, calls: Calls): Problem {
  return { kind, message: sentences(happened, calls), remedy: AGAIN };
}

function sentences(happened: string, calls: Calls): string {
  return `${happened} ${callsGoOn(calls)}`.trim();
}

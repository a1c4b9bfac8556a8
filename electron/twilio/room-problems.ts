import { type Problem, ProblemError } from '../core/problem.ts';
import { explainCode } from '../core/twilio-codes.ts';
import { isGone, problemOf } from './refusals.ts';

/** How a request is called that Twilio does not do, where the one who asks has another way. */
type RefusedAs = 'seat-refused' | 'stream-refused';

/** Twilio's code for what a trial account may not do. */
const NOT_ON_TRIAL = 10002;

/** What is said of a request and not of how it could be done otherwise. */
const ABOUT_REQUEST: ReadonlySet<Problem['kind']> = new Set([
  'refused-by-twilio',
  'invalid-number',
]);

/**
 * Waits for Twilio's answer about a live call, a conference or a leg. What is gone is told as
 * `call-over`. @param refusedAs the kind of any other refusal; Twilio's own when left out
 */
export async function answerAbout<Answer>(
  request: Promise<Answer>,
  refusedAs?: RefusedAs,
): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    const problem = problemOf(error);
    if (!(problem instanceof ProblemError)) throw problem;
    if (isGone(error)) throw renamed(problem, 'call-over');
    const isRefused = refusedAs !== undefined && ABOUT_REQUEST.has(problem.problem.kind);
    throw isRefused ? renamed(problem, refusedAs) : problem;
  }
}

/** Waits until something ends; it may be over already. */
export async function endOf(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isGone(error)) throw problemOf(error);
  }
}

/** A trial account has no live sound. */
export function noSoundOnTrial(): ProblemError {
  return new ProblemError(explainCode(NOT_ON_TRIAL));
}

/** Only a relay is known, which does no more than start calls. */
export function onlyRelay(): ProblemError {
  return new ProblemError({
    kind: 'not-available',
    message: 'The relay starts calls, but shows and changes none of the account’s other calls.',
    remedy: 'Enter the account the relay uses.',
  });
}

/** What a request was about is over. */
export function callOver(): ProblemError {
  return new ProblemError({
    kind: 'call-over',
    message: 'The call is over, or somebody else has it by now.',
    remedy: 'Look at the list of calls.',
  });
}

/** A way to a seat that cannot be gone. */
export function seatRefused(message: string, remedy: string): ProblemError {
  return new ProblemError({ kind: 'seat-refused', message, remedy });
}

/** Says which leg a failure is about. */
export function aboutLeg(error: unknown, callSid: string): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { problem } = error;
  return new ProblemError(
    { ...problem, message: `${problem.message} It is about the leg ${callSid}.` },
    { cause: error },
  );
}

function renamed(error: ProblemError, kind: Problem['kind']): ProblemError {
  return new ProblemError({ ...error.problem, kind }, { cause: error.cause });
}

import twilio from 'twilio';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { explainCode } from '../core/twilio-codes.ts';

/** HTTP statuses that Twilio may send without a code of its own, as the code that says the same. */
const CODE_OF_STATUS: Readonly<Record<number, number>> = {
  401: 20003,
  403: 20006,
  404: 20404,
  429: 20429,
  503: 20503,
};

/** Waits for Twilio's answer; a refusal or a failure of the network is thrown as a problem. @param about the number it is about */
export async function answerOf<Answer>(
  request: Promise<Answer>,
  about?: PhoneNumber,
): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    throw problemOf(error, about);
  }
}

/** Twilio's codes for a call that is over: 20404 not found, 21220 not in progress. */
export function isGone(error: unknown): boolean {
  return error instanceof twilio.RestException && (error.code === 20404 || error.code === 21220);
}

/** The failure as a problem; an error that is neither Twilio's nor the network's is a fault of ours and stays one. */
export function problemOf(error: unknown, about?: PhoneNumber): unknown {
  if (error instanceof ProblemError) return error;
  const problem = describe(error, about);
  return problem === null ? error : new ProblemError(problem, { cause: error });
}

/** Twilio's code for an HTTP status that says the same; null when there is none. */
export function codeOfStatus(status: number): number | null {
  return CODE_OF_STATUS[status] ?? (status >= 500 ? 20500 : null);
}

function describe(error: unknown, about: PhoneNumber | undefined): Problem | null {
  if (error instanceof twilio.RestException) {
    const { status, message } = error;
    const code = error.code ?? codeOfStatus(status);
    if (code === null) return answeredStrangely(status);
    return explainCode(code, { said: message, ...(about === undefined ? {} : { number: about }) });
  }
  const code = networkCode(error);
  return code === null
    ? null
    : {
        kind: 'twilio-unreachable',
        message: 'Twilio did not answer. Calls that are live go on.',
        remedy: 'Check the internet connection and try again.',
        code,
      };
}

/** Node and axios name network failures by a word, such as ECONNREFUSED; null when it is none. */
export function networkCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}

/** Something else than Twilio answered. */
export function answeredStrangely(status: number): Problem {
  return {
    kind: 'twilio-unreachable',
    message: 'What answers is not Twilio, but something on the way to it.',
    remedy: 'Check the internet connection: a sign-in page or a proxy may stand in between.',
    code: String(status),
  };
}

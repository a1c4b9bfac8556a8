import { ApiError } from './api-error.ts';
import { isVerified } from './caller-ids.ts';
import type { Line } from './line.ts';
import type { CallRequest } from './place-call.ts';
import { TRIAL_CALLS } from './trial.ts';

const NOT_OURS = 21210;
const NOT_VERIFIED = 21219;
const TOO_MANY_CALLS = 10004;

/** Whether the account may make this call now. Throws `ApiError` with Twilio's code when not. */
export function checkRights(line: Line, { from, to }: Pick<CallRequest, 'from' | 'to'>): void {
  const own = line.numbers.find(({ phoneNumber }) => phoneNumber === from);
  if (own?.capabilities.voice !== true && !isVerified(line, from)) {
    throw new ApiError(400, NOT_OURS, 'The From phone number is neither ours nor verified');
  }
  if (!line.pretences.now.trial) return;
  if (!isVerified(line, to)) {
    throw new ApiError(
      400,
      NOT_VERIFIED,
      'The To phone number is not verified; trials call no other',
    );
  }
  const live = line.calls.list().filter(call => !call.over.aborted);
  if (live.length >= TRIAL_CALLS) {
    throw new ApiError(429, TOO_MANY_CALLS, 'The account has too many calls at once');
  }
}

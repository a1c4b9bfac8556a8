import { readAddress } from './address.ts';
import { ApiError } from './api-error.ts';
import { isVerified } from './caller-ids.ts';
import type { Line } from './line.ts';
import type { CallRequest } from './place-call.ts';
import { TRIAL_CALLS } from './trial.ts';

const NOT_OURS = 21210;

/** Twilio's "Invalid ApplicationSid" of an outbound call. */
const NO_SUCH_APPLICATION = 21218;

const NOT_VERIFIED = 21219;
const TOO_MANY_CALLS = 10004;

/** Whether the account may make this call now. Throws `ApiError` with Twilio's code when not. */
export function checkRights(line: Line, { from, to }: Pick<CallRequest, 'from' | 'to'>): void {
  const own = line.numbers.find(({ phoneNumber }) => phoneNumber === from);
  if (own?.capabilities.voice !== true && !isVerified(line, from)) {
    throw new ApiError(400, NOT_OURS, 'The From phone number is neither ours nor verified');
  }
  const called = readAddress(to);
  if (called?.kind === 'app') checkApplication(line, called.address);
  if (!line.pretences.now.trial) return;
  if (called?.kind === 'number' && !isVerified(line, to)) {
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

function checkApplication(line: Line, address: string): void {
  const known = line.applications.get(address.slice('app:'.length)) !== undefined;
  if (known && !line.pretences.now.appRefused) return;
  throw new ApiError(400, NO_SUCH_APPLICATION, 'The ApplicationSid is not valid');
}

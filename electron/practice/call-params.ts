import type { PracticeCall } from './call.ts';
import type { Line } from './line.ts';

/** Parameters of a webhook. */
export type Params = Readonly<Record<string, string>>;

/** Version of Twilio's API that is spoken. */
export const API_VERSION = '2010-04-01';

/** What every voice webhook says about its call. */
export function callParams(line: Line, call: PracticeCall): Params {
  return {
    AccountSid: line.accountSid,
    ApiVersion: API_VERSION,
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: call.direction,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    ...(call.parentSid === undefined ? {} : { ParentCallSid: call.parentSid }),
    ...(call.direction === 'inbound' ? { CallerName: call.person.name } : {}),
    ...placeOf('From', call.from),
    ...placeOf('To', call.to),
    ...placeOf('Caller', call.from),
    ...placeOf('Called', call.to),
  };
}

/** Where a number is registered; all numbers of the practice line are San Franciscan. */
function placeOf(prefix: string, number: string): Params {
  if (!number.startsWith('+1415')) return {};
  return {
    [`${prefix}City`]: 'SAN FRANCISCO',
    [`${prefix}State`]: 'CA',
    [`${prefix}Zip`]: '94105',
    [`${prefix}Country`]: 'US',
  };
}

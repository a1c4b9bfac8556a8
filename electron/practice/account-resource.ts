import { API_VERSION } from './call-params.ts';
import type { Line } from './line.ts';
import { twilioDate } from './twilio-date.ts';

/** The account as Twilio's API shows it. */
export function accountResource(line: Line): object {
  const { accountSid, authToken, createdAt, pretences } = line;
  const base = `/${API_VERSION}/Accounts/${accountSid}`;
  return {
    sid: accountSid,
    owner_account_sid: accountSid,
    friendly_name: 'Practice line',
    auth_token: authToken,
    status: 'active',
    type: pretences.now.trial ? 'Trial' : 'Full',
    date_created: twilioDate(createdAt),
    date_updated: twilioDate(createdAt),
    uri: `${base}.json`,
    subresource_uris: {
      calls: `${base}/Calls.json`,
      incoming_phone_numbers: `${base}/IncomingPhoneNumbers.json`,
      outgoing_caller_ids: `${base}/OutgoingCallerIds.json`,
      balance: `${base}/Balance.json`,
    },
  };
}

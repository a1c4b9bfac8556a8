import type { PracticeCall } from './call.ts';
import { API_VERSION } from './call-params.ts';
import type { Line } from './line.ts';
import { nationalFormat } from './line-number.ts';
import { twilioDate } from './twilio-date.ts';

const SUBRESOURCES = [
  'notifications',
  'recordings',
  'payments',
  'events',
  'siprec',
  'streams',
  'transcriptions',
  'user_defined_message_subscriptions',
  'user_defined_messages',
];

/** A call as Twilio's API shows it. */
export function callResource(line: Line, call: PracticeCall): object {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Calls/${call.sid}`;
  const ours = call.direction === 'inbound' ? call.to : call.from;
  return {
    sid: call.sid,
    account_sid: line.accountSid,
    parent_call_sid: call.parentSid ?? null,
    phone_number_sid: line.numbers.find(own => own.phoneNumber === ours)?.sid ?? null,
    from: call.from,
    from_formatted: nationalFormat(call.from),
    to: call.to,
    to_formatted: nationalFormat(call.to),
    caller_name: call.direction === 'inbound' ? call.person.name : null,
    direction: call.direction,
    status: call.status,
    start_time: dateOrNull(call.answeredAt ?? call.endedAt),
    end_time: dateOrNull(call.endedAt),
    duration: call.endedAt === undefined ? null : String(call.durationSeconds),
    date_created: twilioDate(call.createdAt),
    date_updated: twilioDate(call.changedAt),
    answered_by: call.answeredBy ?? null,
    forwarded_from: null,
    group_sid: null,
    trunk_sid: null,
    queue_time: '0',
    price: null,
    price_unit: 'USD',
    api_version: API_VERSION,
    uri: `${base}.json`,
    subresource_uris: Object.fromEntries(
      SUBRESOURCES.map(name => [name, `${base}/${pascalCase(name)}.json`]),
    ),
  };
}

function dateOrNull(at: number | undefined): string | null {
  return at === undefined ? null : twilioDate(at);
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

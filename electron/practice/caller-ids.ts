import type { FastifyInstance } from 'fastify';
import { API_VERSION } from './call-params.ts';
import { parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { nationalFormat } from './line-number.ts';
import { pageOf } from './paging.ts';
import type { Person } from './person.ts';
import { createSid } from './sid.ts';
import { twilioDate } from './twilio-date.ts';

/** A number somebody else owns, which the account has proved to be its own to use. */
export type CallerId = {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly friendlyName: string;
  /** Whether it is verified only while the account is a trial, which may call no other numbers. */
  readonly onTrialOnly: boolean;
};

const DESK_PHONE = { phoneNumber: '+14155550150', friendlyName: 'Desk phone' };

/** The verified numbers of an account: a desk phone and, on a trial, the verified people. */
export function createCallerIds(people: readonly Person[]): readonly CallerId[] {
  const verified = people.filter(person => person.verified === true);
  return [
    { sid: createSid('PN'), ...DESK_PHONE, onTrialOnly: false },
    ...verified.map(({ number, name }) => ({
      sid: createSid('PN'),
      phoneNumber: number,
      friendlyName: name === '' ? nationalFormat(number) : name,
      onTrialOnly: true,
    })),
  ];
}

/** Whether a number is verified now. */
export function isVerified(line: Line, phoneNumber: string): boolean {
  return verifiedNow(line).some(callerId => callerId.phoneNumber === phoneNumber);
}

/** The verified numbers: list. `server` is rooted at the account. */
export function addCallerIdRoutes(server: FastifyInstance, line: Line): void {
  server.get('/OutgoingCallerIds.json', async request => {
    const query = parseForm(request.query);
    const path = request.url.split('?')[0] ?? '';
    const number = textIn(query, 'PhoneNumber');
    const name = textIn(query, 'FriendlyName');
    const found = verifiedNow(line).filter(
      callerId =>
        (number === undefined || number === callerId.phoneNumber) &&
        (name === undefined || name === callerId.friendlyName),
    );
    return pageOf(path, query, 'outgoing_caller_ids', found, callerId => ({
      sid: callerId.sid,
      account_sid: line.accountSid,
      phone_number: callerId.phoneNumber,
      friendly_name: callerId.friendlyName,
      date_created: twilioDate(line.createdAt),
      date_updated: twilioDate(line.createdAt),
      uri: `/${API_VERSION}/Accounts/${line.accountSid}/OutgoingCallerIds/${callerId.sid}.json`,
    }));
  });
}

function verifiedNow({ callerIds, pretences }: Line): readonly CallerId[] {
  return callerIds.filter(callerId => pretences.now.trial || !callerId.onTrialOnly);
}

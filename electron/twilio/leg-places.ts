import type { PhoneNumber } from '../core/phone-number.ts';
import type { BookedCall } from './call-book.ts';
import { dialInstead, joinRoom } from './room-twiml.ts';
import { hangUpCall } from './twiml.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How a leg takes part in a conference, as it stands in an address. */
type PlaceQuery = Readonly<Record<string, string>>;

/** The documents of legs that are in a conference, or on their way to somebody else. */
export type LegPlaces = {
  /** Where a leg asks for its place in a conference. */
  readonly urlOf: (name: string, callSid: string) => string;
  /** The place of a supervisor's telephone: it hears, and is heard by nobody. */
  readonly urlOfPhone: (name: string, seat: PhoneSeat) => string;
  /** What a leg does that asks for its place. */
  readonly room: (query: PlaceQuery) => string;
  /** What a leg does that rings somebody instead. @param from shown to them */
  readonly transfer: (of: Leg, to: string, from: PhoneNumber) => string;
  /** What a call of this desk does that is away; null when it is not. */
  readonly documentOf: (call: BookedCall) => string | null;
};

type Leg = { readonly callId: string; readonly callSid: string };

type PhoneSeat = { readonly id: string; readonly label: string; readonly starts: boolean };

/** The label of the one who is served. */
const CUSTOMER_LABEL = 'customer';

/** Those of others who were brought in with the customer begin so; the end of their CallSid follows. */
const AGENT_LABEL = 'agent-';

/** Source: `roomName` of core/conference.ts: a conference is named after its customer. */
const NAMED_AFTER = /^room-(CA[0-9a-f]{32})$/;

/** Builds what makes the documents. */
export function createLegPlaces(urls: WebhookUrls): LegPlaces {
  const placeOf = (name: string, callSid: string): PlaceQuery => {
    const isCustomer = NAMED_AFTER.exec(name)?.[1] === callSid;
    return {
      name,
      label: isCustomer ? CUSTOMER_LABEL : `${AGENT_LABEL}${callSid.slice(-8)}`,
      // Nobody is to stay behind when the one who is served hangs up.
      ...(isCustomer ? { ends: '1' } : {}),
      starts: '1',
    };
  };

  const room: LegPlaces['room'] = ({ name = '', label = '', seat, starts, ends }) => {
    if (name === '') return hangUpCall();
    return joinRoom({
      name,
      label,
      muted: seat !== undefined,
      starts: starts === '1',
      ends: ends === '1',
      callback: urls.conference(),
    });
  };

  const transfer: LegPlaces['transfer'] = ({ callId, callSid }, to, from) =>
    dialInstead({
      to,
      callerId: from,
      callback: urls.transferAnswered(callId, callSid),
      overUrl: urls.transferOver(callId),
    });

  return {
    urlOf: (name, callSid) => urls.room(placeOf(name, callSid)),
    urlOfPhone: (name, { id, label, starts }) =>
      urls.room({ name, label, seat: id, ...(starts ? { starts: '1' } : {}) }),
    room,
    transfer,
    documentOf: ({ id, sid, ours, away }) => {
      if (away === null || sid === null) return null;
      if (away.in === 'room') return room(placeOf(away.name, sid));
      return transfer({ callId: id, callSid: sid }, away.to, ours);
    },
  };
}

import type { CallerId } from '../core/account.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';

/** Where a number's calls, their status and its messages go, as far as Earshot may change it. */
type NumberWebhooks = {
  readonly voiceUrl: string;
  readonly voiceMethod: string;
  readonly voiceFallbackUrl: string;
  readonly voiceFallbackMethod: string;
  readonly statusCallback: string;
  readonly statusCallbackMethod: string;
  readonly smsUrl: string;
  readonly smsMethod: string;
  /** AP…; while there is one, Twilio uses its addresses instead of the number's. Empty when there is none. */
  readonly voiceApplicationSid: string;
  /** The same for messages. */
  readonly smsApplicationSid: string;
  /** TK…; while there is one, calls go into that SIP trunk, whatever else is set. Empty when there is none. */
  readonly trunkSid: string;
};

/** A number of the account, with everything that is needed to give it back as it was. */
export type OwnedNumber = NumberWebhooks & {
  /** PN… */
  readonly sid: string;
  readonly number: PhoneNumber;
  /** The name its owner gave it. */
  readonly name: string;
  readonly voice: boolean;
  readonly sms: boolean;
};

/** Addresses to send a number's calls to, and its messages where `smsUrl` is given. */
type Destination = Pick<NumberWebhooks, 'voiceUrl' | 'statusCallback'> &
  Partial<Pick<NumberWebhooks, 'smsUrl'>>;

/** How many numbers are read at most; one page of Twilio's. */
const MOST_NUMBERS = 1000;

/** What takes calls or messages whatever addresses are set. Named in a request only where there is one to put aside or to give back. */
const CALL_TAKERS = ['voiceApplicationSid', 'trunkSid'] as const;
const TAKERS = [...CALL_TAKERS, 'smsApplicationSid'] as const;

type Resource = Awaited<ReturnType<Client['incomingPhoneNumbers']['list']>>[number];

/** The account's numbers. @param number only this one */
export async function listNumbers(client: Client, number?: PhoneNumber): Promise<OwnedNumber[]> {
  const found = await answerOf(
    client.incomingPhoneNumbers.list({
      limit: MOST_NUMBERS,
      ...(number === undefined ? {} : { phoneNumber: number }),
    }),
  );
  const owned = found.map(ownedNumber);
  // Twilio also finds numbers that only contain the one asked for.
  return number === undefined ? owned : owned.filter(each => each.number === number);
}

/** Sends a number's calls to these addresses by POST; an application or a trunk that took them is put aside. */
export async function pointNumber(client: Client, sid: string, to: Destination): Promise<void> {
  const now = webhooksOf(await answerOf(client.incomingPhoneNumbers(sid).fetch()));
  const takers = to.smsUrl === undefined ? CALL_TAKERS : TAKERS;
  await update(client, sid, {
    voiceUrl: to.voiceUrl,
    voiceMethod: 'POST',
    statusCallback: to.statusCallback,
    statusCallbackMethod: 'POST',
    ...(to.smsUrl === undefined ? {} : { smsUrl: to.smsUrl, smsMethod: 'POST' }),
    ...Object.fromEntries(takers.filter(taker => now[taker] !== '').map(taker => [taker, ''])),
  });
}

/** Gives a number back: sets everything that pointing may have changed to what it was. */
export async function restoreNumber(client: Client, before: OwnedNumber): Promise<void> {
  const webhooks = Object.entries(webhooksOf(before));
  const isTaker = (field: string): boolean => TAKERS.some(taker => taker === field);
  const change = webhooks.filter(([field, value]) => !(isTaker(field) && value === ''));
  await update(client, before.sid, Object.fromEntries(change));
}

/** The numbers that may be shown to the person called: owned ones with voice, and verified ones. */
export async function callerIds(client: Client): Promise<CallerId[]> {
  const [owned, verified] = await Promise.all([
    listNumbers(client),
    answerOf(client.outgoingCallerIds.list({ limit: MOST_NUMBERS })),
  ]);
  const own = owned
    .filter(({ voice }) => voice)
    .map(({ number, name }) => ({ number, name, kind: 'owned' as const }));
  const numbers = new Set(own.map(({ number }) => number));
  const others = verified
    .filter(({ phoneNumber }) => !numbers.has(phoneNumber))
    .map(({ phoneNumber, friendlyName }) => ({
      number: phoneNumber,
      name: friendlyName,
      kind: 'verified' as const,
    }));
  return [...own, ...others];
}

async function update(client: Client, sid: string, change: Partial<NumberWebhooks>): Promise<void> {
  // An instance that came from a list cannot update itself in this version of the client.
  await answerOf(client.incomingPhoneNumbers(sid).update(change));
}

function ownedNumber(resource: Resource): OwnedNumber {
  const { sid, phoneNumber, friendlyName, capabilities } = resource;
  return {
    ...webhooksOf(resource),
    sid,
    number: phoneNumber,
    name: friendlyName,
    voice: capabilities.voice === true,
    sms: capabilities.sms === true,
  };
}

/** Fields that Twilio leaves out are null, whatever the client's types say. */
type Unsure = { readonly [Field in keyof NumberWebhooks]?: string | null };

function webhooksOf(from: Unsure): NumberWebhooks {
  return {
    voiceUrl: from.voiceUrl ?? '',
    voiceMethod: from.voiceMethod ?? 'POST',
    voiceFallbackUrl: from.voiceFallbackUrl ?? '',
    voiceFallbackMethod: from.voiceFallbackMethod ?? 'POST',
    statusCallback: from.statusCallback ?? '',
    statusCallbackMethod: from.statusCallbackMethod ?? 'POST',
    smsUrl: from.smsUrl ?? '',
    smsMethod: from.smsMethod ?? 'POST',
    voiceApplicationSid: from.voiceApplicationSid ?? '',
    smsApplicationSid: from.smsApplicationSid ?? '',
    trunkSid: from.trunkSid ?? '',
  };
}

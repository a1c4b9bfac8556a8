import type { Twilio } from 'twilio';
import type { AccountNumber } from '../core/account.ts';
import type { Pointing } from '../core/line.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { PointedNumbers } from '../store/pointed-numbers.ts';
import { listNumbers, type OwnedNumber, pointNumber, restoreNumber } from '../twilio/numbers.ts';
import { deskAt } from './desk-at.ts';

/** What keeping a number needs of the rest. */
type NumberPorts = {
  readonly client: Twilio;
  readonly accountSid: string;
  readonly number: PhoneNumber;
  /** This desk's public address, without a path; null while there is none. */
  readonly origin: () => string | null;
  readonly deskId: string;
  /** Whether its messages are sent here too; false when left out. */
  readonly takeMessages?: boolean;
  readonly pointed: PointedNumbers;
};

/** Sends a number's calls here, with its messages where that is wanted, and gives it back as it was. */
export type NumberKeeper = {
  /** Where its calls go now. */
  readonly look: () => Promise<Pointing>;
  /** Sends its calls here. @param force also when another desk takes them now. @returns where they go then */
  readonly take: (force: boolean) => Promise<Pointing>;
  /** Gives back what was taken, unless somebody else has changed it since. */
  readonly giveBack: () => Promise<void>;
  /** Gives back numbers of this account that an earlier run could not. */
  readonly recover: () => Promise<void>;
};

/** The path that calls are announced to. */
const VOICE_PATH = '/voice/webhook';

/** The path that messages are sent to. */
const MESSAGE_PATH = '/sms/webhook';

/** Builds the keeper of one number. Every function rejects with a `ProblemError` when Twilio refuses. */
export function createNumberKeeper(ports: NumberPorts): NumberKeeper {
  const { client, accountSid, pointed, takeMessages = false } = ports;
  let work: Promise<unknown> = Promise.resolve();
  /** One change after the other: what is given back while it is being taken would stay taken. */
  const inTurn = <Result>(step: () => Promise<Result>): Promise<Result> => {
    const done = work.then(step);
    work = done.catch(() => {});
    return done;
  };
  const mine = async (): Promise<OwnedNumber | null> => {
    const [number] = await listNumbers(client, ports.number);
    return number ?? null;
  };
  const where = async (number: OwnedNumber | null): Promise<Pointing> => {
    if (number === null) return { to: 'unknown', voiceUrl: null };
    const to = await destination(number, ports.origin(), ports.deskId);
    return { to, voiceUrl: number.voiceUrl === '' ? null : number.voiceUrl };
  };
  const giveBackOne = async (number: OwnedNumber | undefined, sid: string): Promise<void> => {
    const kept = pointed.of(accountSid).find(entry => entry.numberSid === sid);
    if (kept === undefined) return;
    if (number !== undefined && number.voiceUrl === kept.here) {
      const before = JSON.parse(kept.before) as OwnedNumber;
      await restoreNumber(client, { ...before, ...notTaken(number, kept.here) });
    }
    pointed.forget(sid);
  };
  const take: NumberKeeper['take'] = async force => {
    const origin = ports.origin();
    const number = await mine();
    const now = await where(number);
    if (number === null || origin === null) return now;
    if (now.to === 'another-desk' && !force) return now;
    const here = `${origin}${VOICE_PATH}`;
    const kept = pointed.of(accountSid).find(entry => entry.numberSid === number.sid);
    // Left pointed by a run that ended badly: what it was before that is still the truth.
    const isOurs = kept !== undefined && [kept.here, here].includes(number.voiceUrl);
    const tookMessages = isOurs && number.smsUrl === new URL(MESSAGE_PATH, kept.here).href;
    if (tookMessages && !takeMessages && number.voiceUrl === kept.here) {
      await giveBackOne(number, number.sid);
      return take(force);
    }
    const before = isOurs ? kept.before : JSON.stringify(number);
    pointed.keep({ numberSid: number.sid, accountSid, here, before });
    try {
      await pointNumber(client, number.sid, {
        voiceUrl: here,
        statusCallback: `${origin}/voice/status`,
        ...(takeMessages ? { smsUrl: `${origin}${MESSAGE_PATH}` } : {}),
      });
    } catch (error) {
      // It still leads where it led, by which it is known the next time.
      if (isOurs) pointed.keep(kept);
      throw error;
    }
    return { to: 'here', voiceUrl: here };
  };
  const giveBack = async (): Promise<void> => {
    if (pointed.of(accountSid).length === 0) return;
    const number = await mine();
    if (number !== null) await giveBackOne(number, number.sid);
  };
  const recover = async (): Promise<void> => {
    const left = pointed.of(accountSid);
    if (left.length === 0) return;
    const numbers = await listNumbers(client);
    for (const { numberSid } of left) {
      const number = numbers.find(({ sid }) => sid === numberSid);
      // Our own number is taken again in a moment, and stays in the record until it is given back.
      if (number?.number !== ports.number) await giveBackOne(number, numberSid);
    }
  };
  return {
    look: async () => where(await mine()),
    take: force => inTurn(() => take(force)),
    giveBack: () => inTurn(giveBack),
    recover: () => inTurn(recover),
  };
}

/** What was not taken stays as it is: its owner may have changed it while the number was here. */
function notTaken(number: OwnedNumber, here: string): Partial<OwnedNumber> {
  const { smsUrl, smsMethod, smsApplicationSid, voiceFallbackUrl, voiceFallbackMethod } = number;
  const messages = { smsUrl, smsMethod, smsApplicationSid };
  const areTaken = smsUrl.startsWith(here.slice(0, -VOICE_PATH.length + 1));
  return { voiceFallbackUrl, voiceFallbackMethod, ...(areTaken ? {} : messages) };
}

/** Where a number's calls go, seen from a desk. */
export async function destination(
  number: OwnedNumber,
  origin: string | null,
  deskId: string,
): Promise<AccountNumber['goesTo']> {
  if (number.voiceApplicationSid !== '' || number.trunkSid !== '') return 'application';
  if (number.voiceUrl === '') return 'nowhere';
  if (origin !== null && number.voiceUrl.startsWith(`${origin}/`)) return 'here';
  const desk = await deskAt(number.voiceUrl);
  if (desk === null) return 'elsewhere';
  return desk === deskId ? 'here' : 'another-desk';
}

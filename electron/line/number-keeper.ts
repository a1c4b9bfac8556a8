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
  readonly pointed: PointedNumbers;
};

/** Sends a number's calls here and gives it back as it was. */
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

/** Builds the keeper of one number. Every function rejects with a `ProblemError` when Twilio refuses. */
export function createNumberKeeper(ports: NumberPorts): NumberKeeper {
  const { client, accountSid, pointed } = ports;
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
      await restoreNumber(client, JSON.parse(kept.before) as OwnedNumber);
    }
    pointed.forget(sid);
  };
  return {
    look: async () => where(await mine()),
    take: async force => {
      const origin = ports.origin();
      const number = await mine();
      const now = await where(number);
      if (number === null || origin === null) return now;
      if (now.to === 'another-desk' && !force) return now;
      const here = `${origin}${VOICE_PATH}`;
      const kept = pointed.of(accountSid).find(entry => entry.numberSid === number.sid);
      // Left pointed by a run that ended badly: what it was before that is still the truth.
      const isOurs = kept !== undefined && kept.here === number.voiceUrl;
      const before = isOurs ? kept.before : JSON.stringify(number);
      // An earlier run without a record of what was before has nothing to give back.
      if (now.to !== 'here' || isOurs) {
        pointed.keep({ numberSid: number.sid, accountSid, here, before });
      }
      await pointNumber(client, number.sid, {
        voiceUrl: here,
        statusCallback: `${origin}/voice/status`,
      });
      return { to: 'here', voiceUrl: here };
    },
    giveBack: async () => {
      if (pointed.of(accountSid).length === 0) return;
      const number = await mine();
      if (number !== null) await giveBackOne(number, number.sid);
    },
    recover: async () => {
      const left = pointed.of(accountSid);
      if (left.length === 0) return;
      const numbers = await listNumbers(client);
      for (const { numberSid } of left) {
        const number = numbers.find(({ sid }) => sid === numberSid);
        // Our own number is taken again in a moment, and stays in the record until it is given back.
        if (number?.number !== ports.number) await giveBackOne(number, numberSid);
      }
    },
  };
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

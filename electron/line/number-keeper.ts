import type { Twilio } from 'twilio';
import type { AccountNumber } from '../core/account.ts';
import type { Pointing } from '../core/line.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { Log } from '../log.ts';
import type { PointedNumber, PointedNumbers } from '../store/pointed-numbers.ts';
import { listNumbers, type OwnedNumber, pointNumber, restoreNumber } from '../twilio/numbers.ts';
import { deskAt, isLeftBehind, VOICE_PATH } from './desk-at.ts';

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
  readonly log: Log;
};

/** Sends a number's calls here, with its messages where that is wanted, and gives it back as it was. */
export type NumberKeeper = {
  /** Where its calls go now. */
  readonly look: () => Promise<Pointing>;
  /** Sends its calls here. @param force also when another desk takes them now. @returns where they go then */
  readonly take: (force: boolean) => Promise<Pointing>;
  /**
   * Puts right a number that was taken here and leads where nobody answers: to an earlier address of
   * this desk, or to another desk that took it and is gone. Changes nothing else.
   * @param isWanted whether it is taken again then, or given back
   * @returns where its calls go then
   */
  readonly mend: (isWanted: boolean) => Promise<Pointing>;
  /**
   * Gives back what was taken, unless somebody else has changed it since. While another desk that
   * took it runs, it stays on record: that desk gives it back to this one.
   */
  readonly giveBack: () => Promise<void>;
  /** Gives back numbers of this account that an earlier run could not. */
  readonly recover: () => Promise<void>;
};

/** The path that messages are sent to. */
const MESSAGE_PATH = '/sms/webhook';

/** Builds the keeper of one number. Every function rejects with a `ProblemError` when Twilio refuses. */
export function createNumberKeeper(ports: NumberPorts): NumberKeeper {
  const { client, accountSid, pointed, log, takeMessages = false } = ports;
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
  const recordOf = (sid: string): PointedNumber | undefined =>
    pointed.of(accountSid).find(entry => entry.numberSid === sid);
  const restore = async (number: OwnedNumber, kept: PointedNumber): Promise<void> => {
    const before = beforeOf(kept);
    await restoreNumber(client, { ...before, ...notTaken(number) });
    pointed.forget(number.sid);
    const isOurs = before.voiceUrl === number.voiceUrl || before.voiceUrl === kept.here;
    if (!isOurs && (await isLeftBehind(before.voiceUrl))) {
      // What the number was before that desk took it only that desk knows.
      log.warn(
        'the number goes back to a desk that is gone: it rings nowhere until that one starts',
      );
    }
  };
  const giveBackOne = async (number: OwnedNumber | undefined, sid: string): Promise<void> => {
    const kept = recordOf(sid);
    if (kept === undefined) return;
    if (number === undefined) return pointed.forget(sid);
    if (number.voiceUrl === kept.here) return restore(number, kept);
    if (number.voiceUrl === beforeOf(kept).voiceUrl) return pointed.forget(sid);
    if ((await where(number)).to === 'another-desk') return;
    if (await isLeftBehind(number.voiceUrl)) return restore(number, kept);
    pointed.forget(sid);
  };
  const take: NumberKeeper['take'] = async force => {
    const origin = ports.origin();
    const number = await mine();
    const now = await where(number);
    if (number === null || origin === null) return now;
    if (now.to === 'another-desk' && !force) return now;
    const here = `${origin}${VOICE_PATH}`;
    const kept = recordOf(number.sid);
    // Left pointed by a run that ended badly: what it was before that is still the truth.
    const isOurs = kept !== undefined && [kept.here, here].includes(number.voiceUrl);
    const tookMessages = isOurs && number.smsUrl === new URL(MESSAGE_PATH, kept.here).href;
    const isTooMuch = tookMessages && !takeMessages && number.voiceUrl === kept.here;
    // The other desk took it from this one, which alone knows what it was before them both.
    const isAsBefore = kept !== undefined && number.voiceUrl === beforeOf(kept).voiceUrl;
    const isFromDesk = !isOurs && !isAsBefore && (await leadsToDesk(number, now));
    if (kept !== undefined && (isTooMuch || isFromDesk)) {
      await restore(number, kept);
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
  const mend: NumberKeeper['mend'] = async isWanted => {
    const [origin, number] = [ports.origin(), await mine()];
    const kept = number === null ? undefined : recordOf(number.sid);
    const now = await where(number);
    if (number === null || kept === undefined || now.to === 'another-desk') return now;
    if (!isWanted) {
      await giveBackOne(number, number.sid);
      return where(await mine());
    }
    const isHere = number.voiceUrl === `${origin}${VOICE_PATH}`;
    if (isHere || origin === null) return now;
    const isLost = number.voiceUrl === kept.here || (await isLeftBehind(number.voiceUrl));
    return isLost ? take(false) : now;
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
    mend: isWanted => inTurn(() => mend(isWanted)),
    giveBack: () => inTurn(giveBack),
    recover: () => inTurn(recover),
  };
}

function beforeOf({ before }: PointedNumber): OwnedNumber {
  return JSON.parse(before) as OwnedNumber;
}

/** What was not taken with its calls stays as it is: its owner may have changed it meanwhile. */
function notTaken(number: OwnedNumber): Partial<OwnedNumber> {
  const { smsUrl, smsMethod, smsApplicationSid, voiceFallbackUrl, voiceFallbackMethod } = number;
  const messages = { smsUrl, smsMethod, smsApplicationSid };
  const areTaken = smsUrl.startsWith(number.voiceUrl.slice(0, -VOICE_PATH.length + 1));
  return { voiceFallbackUrl, voiceFallbackMethod, ...(areTaken ? {} : messages) };
}

/** Whether a number's calls go to a desk that is not this one, or went to one that is gone. */
async function leadsToDesk(number: OwnedNumber, now: Pointing): Promise<boolean> {
  return now.to === 'another-desk' || isLeftBehind(number.voiceUrl);
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

import { type Problem, ProblemError } from '../core/problem.ts';
import type { TwilioLine } from '../twilio/twilio-line.ts';
import type { LineChoice } from './open-line.ts';

/** What the requests of a line are verified with: the token of its account, or of the relay's. */
export function verifyingToken({
  account,
  relay,
}: Pick<LineChoice, 'account' | 'relay'>): string | null {
  return account?.authToken ?? relay?.authToken ?? null;
}

/** Why nothing that comes in on a line can be verified; null when it can be, or need not be. */
export function unverified(
  choice: Pick<LineChoice, 'account' | 'relay'>,
  skipSignature: boolean,
): Problem | null {
  if (skipSignature || verifyingToken(choice) !== null) return null;
  return choice.relay === null ? NO_TOKEN : NO_RELAY_TOKEN;
}

/**
 * A line on which nothing can be verified: it talks with nobody.
 * @param isRelayed calls are started by a relay, which cannot be given a message to speak
 */
export function barredLine(line: TwilioLine, why: Problem, isRelayed: boolean): TwilioLine {
  const refuse = async (): Promise<never> => {
    throw new ProblemError(why);
  };
  const rooms = {
    ...line.rooms,
    takeSeat: refuse,
    startStream: refuse,
    moveIntoRoom: refuse,
    dialInstead: refuse,
    pickUp: refuse,
  };
  const transcriptions = { ...line.transcriptions, start: refuse };
  return { ...line, dial: refuse, rooms, transcriptions, ...(isRelayed ? { notify: refuse } : {}) };
}

const NO_TOKEN: Problem = {
  kind: 'line-down',
  message:
    'Without the auth token nothing that comes in can be verified: nothing rings here, and calls can only speak messages.',
  remedy: 'Enter the auth token of the account, or set TWILIO_AUTH_TOKEN.',
};

const NO_RELAY_TOKEN: Problem = {
  kind: 'line-down',
  message:
    'Without the auth token of the relay’s account nothing that comes in can be verified: calls neither ring here nor start.',
  remedy: 'Set TWILIO_AUTH_TOKEN of the account that the relay uses.',
};

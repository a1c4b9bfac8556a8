import type { AccountFacts, AccountNumber, CallerId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { ProblemError } from '../core/problem.ts';
import { readAccount } from '../twilio/account.ts';
import { listNumbers, callerIds as readCallerIds } from '../twilio/numbers.ts';
import { createRestClient } from '../twilio/rest-client.ts';
import { refusedKey } from './key-refusal.ts';
import { destination } from './number-keeper.ts';

/** What a person pastes to open an account. */
export type Credentials = {
  readonly accountSid: string;
  readonly authToken?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
};

/** What looking at an account needs of the rest. */
type CheckPorts = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly deskId: string;
  readonly apiUrl: string | null;
  /** This desk's public address, if it has one now. */
  readonly origin: string | null;
};

/** Looks at an account: its facts, its numbers and where their calls go. Rejects with a `ProblemError`. */
export async function checkAccount(
  { accountSid, authToken, apiKey, apiSecret }: Credentials,
  { clock, random, deskId, apiUrl, origin }: CheckPorts,
): Promise<{
  readonly account: AccountFacts;
  readonly numbers: readonly AccountNumber[];
  readonly callerIds: readonly CallerId[];
}> {
  const isKeyUsed = apiKey !== undefined && apiSecret !== undefined;
  const client = createRestClient(
    {
      accountSid,
      authToken: authToken ?? null,
      apiKey: isKeyUsed ? { sid: apiKey, secret: apiSecret } : null,
      apiUrl,
    },
    clock,
    random,
  );
  const account = await readAccount(client).catch((error: unknown) => {
    throw error instanceof ProblemError ? refusedKey(error, isKeyUsed) : error;
  });
  const [owned, callerIds] = await Promise.all([listNumbers(client), readCallerIds(client)]);
  const numbers = await Promise.all(
    owned.map(async number => ({
      sid: number.sid,
      number: number.number,
      name: number.name,
      voice: number.voice,
      sms: number.sms,
      voiceUrl: number.voiceUrl,
      goesTo: await destination(number, origin, deskId),
    })),
  );
  return { account, numbers, callerIds };
}

import type { AddressConfig } from '../config.ts';
import type { Command } from '../core/commands.ts';
import { isLoopback } from '../core/loopback.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { KeptAccount } from '../store/account-file.ts';
import { isTrusted } from '../trusted-address.ts';
import { type AddressChoice, checkedUrl } from './address.ts';
import type { LineChoice } from './open-line.ts';

/** A stand-in for Twilio on this computer reaches the server itself, when nothing else is said. */
export function reachable(address: AddressConfig, apiUrl: string | null): AddressChoice {
  if (address.kind === 'given') return { kind: 'given', url: checkedUrl(address.url) };
  const isHere = apiUrl !== null && isLoopback(new URL(apiUrl).hostname);
  return address.kind === 'none' && isHere ? { kind: 'local' } : address;
}

/**
 * Where an account goes that a person entered or had kept: to Twilio or to a stand-in on this computer.
 * Throws for any other address.
 */
export function trustedApi(apiUrl: string | null): string | null {
  if (apiUrl === null || isTrusted(apiUrl, 'twilio.com')) return apiUrl;
  throw new ProblemError(STRANGE_API);
}

/** The line of an account that is kept. */
export function choiceOf(
  { secrets, ...kept }: KeptAccount,
  apiUrl: string | null,
): Omit<LineChoice, 'unfinished' | 'apiUrl'> {
  const { apiKeySid } = kept;
  const { apiSecret, ngrokAuthtoken } = secrets;
  const address: AddressConfig =
    kept.address.kind === 'tunnel'
      ? { ...kept.address, authtoken: ngrokAuthtoken ?? '' }
      : kept.address;
  return {
    kind: 'twilio',
    account: {
      accountSid: kept.accountSid,
      authToken: secrets.authToken,
      apiKey:
        apiKeySid === null || apiSecret === null ? null : { sid: apiKeySid, secret: apiSecret },
      number: kept.number,
    },
    relay: null,
    address: reachable(address, apiUrl),
    takeNumber: kept.takeNumber,
  };
}

/** What is kept of an account that a person connects. Throws when there is no address to keep. */
export function keptOf(
  request: Extract<Command, { command: 'connect-account' }>,
  number: string,
  before: KeptAccount | null,
): KeptAccount {
  return {
    accountSid: request.accountSid,
    apiKeySid: request.apiKey ?? null,
    number,
    takeNumber: request.takeNumber,
    inUse: true,
    ...keptAddress(request.address, before, {
      authToken: request.authToken ?? null,
      apiSecret: request.apiSecret ?? null,
    }),
  };
}

/** The address asked for, or the one that is kept, with the secrets beside its own. */
function keptAddress(
  asked: Extract<Command, { command: 'connect-account' }>['address'],
  before: KeptAccount | null,
  secrets: Omit<KeptAccount['secrets'], 'ngrokAuthtoken'>,
): Pick<KeptAccount, 'address' | 'secrets'> {
  switch (asked?.kind) {
    case undefined:
      if (before === null) throw new ProblemError(NO_ACCOUNT);
      return {
        address: before.address,
        secrets: { ...secrets, ngrokAuthtoken: before.secrets.ngrokAuthtoken },
      };
    case 'tunnel':
      return {
        address: { kind: 'tunnel', domain: asked.domain ?? null },
        secrets: { ...secrets, ngrokAuthtoken: asked.authtoken },
      };
    case 'given':
      return {
        address: { kind: 'given', url: checkedUrl(asked.url) },
        secrets: { ...secrets, ngrokAuthtoken: null },
      };
    default:
      return { address: { kind: 'none' }, secrets: { ...secrets, ngrokAuthtoken: null } };
  }
}

const STRANGE_API: Problem = {
  kind: 'invalid-configuration',
  message:
    'EARSHOT_TWILIO_API_URL is neither Twilio nor on this computer, so the account that was entered here is not sent there.',
  remedy:
    'Remove EARSHOT_TWILIO_API_URL from the environment or the .env file, or give the account there too.',
};

/** There is no account to use. */
export const NO_ACCOUNT: Problem = {
  kind: 'not-available',
  message: 'No Twilio account is set up.',
  remedy: 'Set one up first.',
};

import type { AccountFacts, AccountNumber } from '../../electron/core/account.ts';
import type { Command } from '../../electron/core/commands.ts';
import type { PhoneNumber } from '../../electron/core/phone-number.ts';
import type { Problem } from '../../electron/core/problem.ts';

/** The steps of connecting an account, in their order. */
export type SetUpStep = 'credentials' | 'number' | 'address' | 'result';

/** What Twilio told of the account. */
type Checked = { readonly account: AccountFacts; readonly numbers: readonly AccountNumber[] };

/** Connecting an account, as far as the person has come. Secrets are in it until they are used. */
export type SetUp = {
  readonly step: SetUpStep;
  /** True when the token of the kept account was refused and a new one is asked for. */
  readonly tokenRefused: boolean;
  readonly accountSid: string;
  readonly way: 'token' | 'key';
  readonly authToken: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly checked: Checked | null;
  readonly number: PhoneNumber | null;
  readonly addressKind: 'tunnel' | 'given' | 'none';
  readonly tunnelToken: string;
  readonly domain: string;
  readonly url: string;
  /** True while Twilio is asked. */
  readonly busy: boolean;
  /** True once the person went on with something missing: from then on it is said at its field. */
  readonly tried: boolean;
  /** True while it is asked whether calls that ring at another desk shall ring here. */
  readonly asksToTake: boolean;
  readonly problem: Problem | null;
};

/** Before anything was typed. */
export const NEW_SET_UP: SetUp = {
  step: 'credentials',
  tokenRefused: false,
  accountSid: '',
  way: 'token',
  authToken: '',
  apiKey: '',
  apiSecret: '',
  checked: null,
  number: null,
  addressKind: 'tunnel',
  tunnelToken: '',
  domain: '',
  url: '',
  busy: false,
  tried: false,
  asksToTake: false,
  problem: null,
};

/** What is wrong in a field, by its name. */
export type Issues = Partial<
  Readonly<
    Record<
      | 'accountSid'
      | 'authToken'
      | 'apiKey'
      | 'apiSecret'
      | 'number'
      | 'tunnelToken'
      | 'domain'
      | 'url',
      string
    >
  >
>;

/** What is missing or wrong in the fields that open the account. */
export function credentialIssues(setUp: SetUp): Issues {
  const { accountSid, way, authToken, apiKey, apiSecret } = setUp;
  return {
    ...(accountSid === ''
      ? { accountSid: 'Enter the account SID. It begins with AC.' }
      : /^AC[0-9a-f]{32}$/i.test(accountSid)
        ? {}
        : { accountSid: sidIssue(accountSid, 'AC') }),
    ...(way === 'token' && authToken === '' ? { authToken: 'Enter the auth token.' } : {}),
    ...(way === 'key' && apiKey === '' ? { apiKey: 'Enter the SID of the API key.' } : {}),
    ...(way === 'key' && apiKey !== '' && !/^SK[0-9a-f]{32}$/i.test(apiKey)
      ? { apiKey: sidIssue(apiKey, 'SK') }
      : {}),
    ...(way === 'key' && apiSecret === '' ? { apiSecret: 'Enter the secret of the API key.' } : {}),
  };
}

/** What is missing or wrong about the address. */
export function addressIssues(setUp: SetUp): Issues {
  const { addressKind, tunnelToken, domain, url } = setUp;
  if (addressKind === 'none') return {};
  const token = needsToken(setUp)
    ? { authToken: 'Calls that come in are only let in with the auth token. Go back and enter it.' }
    : {};
  if (addressKind === 'given') {
    const issue = publicUrlIssue(url);
    return { ...token, ...(issue === null ? {} : { url: issue }) };
  }
  return {
    ...token,
    ...(tunnelToken === '' ? { tunnelToken: 'Enter the authtoken of your ngrok account.' } : {}),
    ...(domain === '' || /^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(domain)
      ? {}
      : { domain: 'A domain looks like my-desk.ngrok.app.' }),
  };
}

/** The fields that open the account, as a command takes them. */
export function credentialsOf(setUp: SetUp) {
  const { accountSid, way, authToken, apiKey, apiSecret } = setUp;
  return {
    accountSid,
    ...(authToken === '' ? {} : { authToken }),
    ...(way === 'key' ? { apiKey, apiSecret } : {}),
  };
}

/** The address as a command takes it. */
export function addressOf(
  setUp: SetUp,
): NonNullable<Extract<Command, { command: 'connect-account' }>['address']> {
  const { addressKind, tunnelToken, domain, url } = setUp;
  if (addressKind === 'none') return { kind: 'none' };
  if (addressKind === 'given') return { kind: 'given', url: url.replace(/\/+$/, '') };
  return {
    kind: 'tunnel',
    authtoken: tunnelToken,
    ...(domain === '' ? {} : { domain }),
  };
}

/** The number chosen, as the account told of it. */
export function chosenNumber({ checked, number }: SetUp): AccountNumber | undefined {
  return checked?.numbers.find(known => known.number === number);
}

/** Whether it must be asked first if the number's calls shall ring here: another desk takes them now. */
export function mustAskToTake(setUp: SetUp): boolean {
  return setUp.addressKind !== 'none' && chosenNumber(setUp)?.goesTo === 'another-desk';
}

/** The number to begin with: the one in use, else the only one that can take calls, else none. */
export function firstChoice(
  numbers: readonly AccountNumber[],
  inUse: PhoneNumber | null,
): PhoneNumber | null {
  const able = numbers.filter(({ voice }) => voice);
  const used = able.find(({ number }) => number === inUse);
  return used?.number ?? (able.length === 1 ? (able[0]?.number ?? null) : null);
}

/** A domain as pasted: without scheme and path. */
export function cleanDomain(text: string): string {
  return text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/.*$/, '');
}

function needsToken({ way, authToken }: SetUp): boolean {
  return way === 'key' && authToken === '';
}

function sidIssue(text: string, prefix: 'AC' | 'SK'): string {
  const letters = prefix === 'AC' ? 'An account SID' : 'An API key SID';
  if (!text.toUpperCase().startsWith(prefix)) return `${letters} begins with ${prefix}.`;
  const digits = text.length - 2;
  return /^..[0-9a-f]*$/i.test(text)
    ? `${letters} has 32 signs after ${prefix}; this one has ${digits}.`
    : `${letters} has only 0 to 9 and a to f after ${prefix}.`;
}

function publicUrlIssue(text: string): string | null {
  if (text === '') return 'Enter the address.';
  // Only a stand-in for Twilio on this computer comes this way, and it needs no https.
  if (/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/*$/i.test(text)) return null;
  if (/^http:/i.test(text)) return 'Twilio needs https for calls that come in.';
  if (!/^https:\/\//i.test(text)) return 'An address begins with https://.';
  if (!URL.canParse(text)) return 'This is not an address.';
  const { hostname } = new URL(text);
  return /^(localhost|127\.|10\.|192\.168\.|\[)/.test(hostname)
    ? 'Twilio cannot reach this address from outside.'
    : null;
}

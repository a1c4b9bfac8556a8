import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { z } from 'zod';
import { ProblemError } from './core/problem.ts';
import type { KeyedTranscriber } from './core/transcription.ts';
import type { LogLevel } from './log.ts';
import type { Forwarding } from './twilio/request-origin.ts';

/** What opens an account, and which of its numbers is ours. */
export type AccountConfig = {
  readonly accountSid: string;
  /** Verifies what comes in; null when only an API key is known, and then nothing can come in. */
  readonly authToken: string | null;
  /** Used for requests instead of the auth token. */
  readonly apiKey: { readonly sid: string; readonly secret: string } | null;
  readonly number: string;
};

/** A service that dials instead of Twilio's API: the account is its own. */
export type RelayConfig = {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly employeeId: string;
  readonly key: string;
  /** Verifies what comes in for its calls; null, nothing can come in. */
  readonly authToken: string | null;
  /** The number its calls come from; null when it is not told. */
  readonly number: string | null;
};

/** A service that writes down what is said. */
type TranscriberConfig = {
  /** A key from the environment; null leaves it to the person. */
  readonly key: string | null;
  /** Its origin, ws or wss, without a trailing slash. */
  readonly url: string;
};

/** How Twilio is told to reach this computer. */
export type AddressConfig =
  | { readonly kind: 'tunnel'; readonly authtoken: string; readonly domain: string | null }
  | { readonly kind: 'given'; readonly url: string }
  | { readonly kind: 'none' };

/** Where calls come from: the embedded practice line, an account, or what the person chose in the window. */
type LineConfig =
  | { readonly kind: 'practice' }
  | { readonly kind: 'chosen' }
  | {
      readonly kind: 'twilio';
      readonly account: AccountConfig | null;
      readonly relay: RelayConfig | null;
    };

/** Everything the environment and the command line decide. */
export type Config = {
  readonly line: LineConfig;
  readonly port: number;
  readonly host: string;
  /** How Twilio reaches this computer. */
  readonly address: AddressConfig;
  /** An origin that stands in for Twilio's API; null for Twilio itself. */
  readonly apiUrl: string | null;
  /** The services that may write down what is said. */
  readonly transcribers: Readonly<Record<KeyedTranscriber, TranscriberConfig>>;
  /** Whether the number's calls are sent here while Earshot runs. */
  readonly pointNumber: boolean;
  /** Which words of a proxy are believed when no public address is known. */
  readonly forwarding: Forwarding;
  /** Development only: lets requests in whose signature is wrong. */
  readonly skipSignature: boolean;
  readonly logLevel: LogLevel;
  /** A number to dial at the start. */
  readonly target: string | null;
  /** Whether a headless run opens the sound card. */
  readonly headlessSound: boolean;
  /** Whether events are printed as lines, as when there is no display. */
  readonly printEvents: boolean;
  /** Where a picture of the window is saved at the end; null for none. */
  readonly picturePath: string | null;
};

/** Variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;

const list = z
  .string()
  .default('')
  .transform(text =>
    text
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== ''),
  );
const flag = z.enum(['0', '1']);
const port = z.coerce.number().int().min(0).max(65535);
const address = z.url({ protocol: /^https?$/ }).transform(url => url.replace(/\/+$/, ''));

/** An origin that is reached by WebSocket, however it was written. */
const socketAddress = z
  .url({ protocol: /^(http|ws)s?$/ })
  .transform(url => url.replace(/\/+$/, '').replace(/^http/i, 'ws'));

const environmentSchema = z.object({
  EARSHOT_LINE: z.enum(['practice', 'twilio']).optional(),
  PORT: port.optional(),
  VOICECHAT_WEBHOOK_PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: address.optional(),
  VOICECHAT_PUBLIC_BASE_URL: address.optional(),
  NGROK_AUTHTOKEN: z.string().optional(),
  NGROK_DOMAIN: z.string().optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_PHONE_NUMBER: z.string().optional(),
  TWILIO_NUMBER: z.string().optional(),
  TWILIO_API_KEY: z.string().optional(),
  TWILIO_API_SECRET: z.string().optional(),
  EARSHOT_TWILIO_API_URL: address.optional(),
  EARSHOT_POINT_NUMBER: flag.default('1'),
  EARSHOT_RELAY_URL: address.optional(),
  TABHR_API_BASE_URL: address.optional(),
  EARSHOT_RELAY_EMPLOYEE_ID: z.string().optional(),
  TABHR_EMPLOYEE_ID: z.string().optional(),
  EARSHOT_RELAY_KEY: z.string().optional(),
  TABHR_API_KEY: z.string().optional(),
  EARSHOT_ALLOWED_HOSTS: list,
  EARSHOT_TRUSTED_PROXIES: list,
  EARSHOT_TRUST_FORWARDED: flag.default('0'),
  EARSHOT_NGROK_LOOPBACK: flag.default('0'),
  EARSHOT_SKIP_SIGNATURE: flag.default('0'),
  OPENAI_API_KEY: z.string().trim().optional(),
  DEEPGRAM_API_KEY: z.string().trim().optional(),
  EARSHOT_OPENAI_URL: socketAddress.default('wss://api.openai.com'),
  EARSHOT_DEEPGRAM_URL: socketAddress.default('wss://api.deepgram.com'),
  LOG_LEVEL: z.enum(LEVELS).default('warning'),
  EARSHOT_SOUND: flag.default('0'),
  EARSHOT_PRINT_EVENTS: z.string().optional(),
  EARSHOT_PICTURE: z.string().optional(),
});

/** Source: ITU-T E.164 §6. */
const E164 = /^\+[1-9]\d{1,14}$/;

/** The default port, as older voice systems used it. */
const DEFAULT_PORT = 3334;

/**
 * Adds the `.env` file of a folder to an environment; variables that are set win.
 * @param folder null for an installed app: whatever folder it happens to be opened from, nothing that
 *   lies there decides where its secrets go
 */
export function withEnvFile(environment: Environment, folder: string | null): Environment {
  if (folder === null) return environment;
  const path = join(folder, '.env');
  return existsSync(path)
    ? { ...parseEnv(readFileSync(path, 'utf8')), ...environment }
    : environment;
}

/**
 * Reads the environment and the command line. Throws an `invalid-configuration` problem that names
 * what is wrong.
 */
export function readConfig(environment: Environment, args: readonly string[]): Config {
  const set = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(
      `${issue?.path.join('.') ?? 'The environment'}: ${issue?.message ?? 'not understood'}`,
    );
  }
  const options = parsed.data;
  const flags = readFlags(args);
  return {
    line: lineConfig(options),
    port: options.PORT ?? options.VOICECHAT_WEBHOOK_PORT ?? DEFAULT_PORT,
    host: options.HOST,
    address: addressConfig(options),
    apiUrl: options.EARSHOT_TWILIO_API_URL ?? null,
    transcribers: {
      openai: { key: options.OPENAI_API_KEY ?? null, url: options.EARSHOT_OPENAI_URL },
      deepgram: { key: options.DEEPGRAM_API_KEY ?? null, url: options.EARSHOT_DEEPGRAM_URL },
    },
    pointNumber: options.EARSHOT_POINT_NUMBER === '1',
    forwarding: {
      allowedHosts: options.EARSHOT_ALLOWED_HOSTS,
      trustedProxies: options.EARSHOT_TRUSTED_PROXIES,
      trustForwarded: options.EARSHOT_TRUST_FORWARDED === '1',
      ngrokLoopback: options.EARSHOT_NGROK_LOOPBACK === '1',
    },
    skipSignature: options.EARSHOT_SKIP_SIGNATURE === '1',
    logLevel: flags.logLevel ?? options.LOG_LEVEL,
    target: flags.target,
    headlessSound: options.EARSHOT_SOUND === '1',
    printEvents: options.EARSHOT_PRINT_EVENTS === '1',
    picturePath: options.EARSHOT_PICTURE ?? null,
  };
}

function readFlags(args: readonly string[]): { target: string | null; logLevel: LogLevel | null } {
  const { values } = parseArgs({
    args: [...args],
    options: { target: { type: 'string' }, 'log-level': { type: 'string' } },
    strict: false,
  });
  if (values['target'] === true) throw invalid('--target: give the number to dial');
  const level = values['log-level'];
  const known = LEVELS.find(name => name === level);
  if (level !== undefined && known === undefined) {
    throw invalid(`--log-level: use one of ${LEVELS.join(', ')}`);
  }
  return {
    target: typeof values['target'] === 'string' ? values['target'] : null,
    logLevel: known ?? null,
  };
}

function lineConfig(options: z.output<typeof environmentSchema>): LineConfig {
  const relay = relayConfig(options);
  const accountSid = options.TWILIO_ACCOUNT_SID ?? options.TWILIO_SID;
  if (options.EARSHOT_LINE === 'practice') return { kind: 'practice' };
  if (accountSid === undefined) {
    if (relay !== null) return { kind: 'twilio', account: null, relay };
    if (options.EARSHOT_LINE === undefined) return { kind: 'chosen' };
    throw invalid('TWILIO_ACCOUNT_SID is missing');
  }
  const apiKey = apiKeyConfig(options);
  const authToken = options.TWILIO_AUTH_TOKEN ?? null;
  if (authToken === null && apiKey === null) throw invalid('TWILIO_AUTH_TOKEN is missing');
  const number = numberConfig(options);
  if (number === null) throw invalid('TWILIO_PHONE_NUMBER is missing');
  return { kind: 'twilio', account: { accountSid, authToken, apiKey, number }, relay };
}

function numberConfig(options: z.output<typeof environmentSchema>): string | null {
  const number = options.TWILIO_PHONE_NUMBER ?? options.TWILIO_NUMBER;
  if (number === undefined) return null;
  if (!E164.test(number)) throw invalid('TWILIO_PHONE_NUMBER: write it as +14155550177');
  return number;
}

function apiKeyConfig({
  TWILIO_API_KEY: sid,
  TWILIO_API_SECRET: secret,
}: z.output<typeof environmentSchema>): AccountConfig['apiKey'] {
  if (sid === undefined && secret === undefined) return null;
  if (sid === undefined) throw invalid('TWILIO_API_KEY is missing beside TWILIO_API_SECRET');
  if (secret === undefined) throw invalid('TWILIO_API_SECRET is missing beside TWILIO_API_KEY');
  return { sid, secret };
}

/** The relay, under Earshot's own names or those of the system that has one. */
function relayConfig(options: z.output<typeof environmentSchema>): RelayConfig | null {
  const baseUrl = options.EARSHOT_RELAY_URL ?? options.TABHR_API_BASE_URL;
  if (baseUrl === undefined) return null;
  const employeeId = options.EARSHOT_RELAY_EMPLOYEE_ID ?? options.TABHR_EMPLOYEE_ID;
  const key = options.EARSHOT_RELAY_KEY ?? options.TABHR_API_KEY;
  if (employeeId === undefined) throw invalid('EARSHOT_RELAY_EMPLOYEE_ID is missing');
  if (key === undefined) throw invalid('EARSHOT_RELAY_KEY is missing');
  const authToken = options.TWILIO_AUTH_TOKEN ?? null;
  return { baseUrl, employeeId, key, authToken, number: numberConfig(options) };
}

/** A public address that is given makes a tunnel needless. */
function addressConfig(options: z.output<typeof environmentSchema>): AddressConfig {
  const url = options.PUBLIC_URL ?? options.VOICECHAT_PUBLIC_BASE_URL;
  if (url !== undefined) return { kind: 'given', url };
  const authtoken = options.NGROK_AUTHTOKEN;
  if (authtoken === undefined) return { kind: 'none' };
  return { kind: 'tunnel', authtoken, domain: options.NGROK_DOMAIN ?? null };
}

function invalid(message: string): ProblemError {
  return new ProblemError({
    kind: 'invalid-configuration',
    message: `The configuration is not understood: ${message}.`,
    remedy: 'Correct the variable in the environment or in the .env file, or the argument.',
  });
}

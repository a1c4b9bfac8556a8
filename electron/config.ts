import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { z } from 'zod';
import { ProblemError } from './core/problem.ts';
import type { LogLevel } from './log.ts';

/** A Twilio account and one of its numbers. */
export type AccountConfig = {
  readonly kind: 'twilio';
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
  /** An origin that stands in for Twilio's API; null for Twilio itself. */
  readonly apiUrl: string | null;
};

/** Where calls come from: the embedded practice line, or an account. */
type LineConfig = { readonly kind: 'practice' } | AccountConfig;

/** Everything the environment and the command line decide. */
export type Config = {
  readonly line: LineConfig;
  readonly port: number;
  readonly host: string;
  /** The public address of this computer without a trailing slash; null when there is none. */
  readonly publicUrl: string | null;
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

const port = z.coerce.number().int().min(0).max(65535);
const address = z.url({ protocol: /^https?$/ }).transform(url => url.replace(/\/+$/, ''));

const environmentSchema = z.object({
  EARSHOT_LINE: z.enum(['practice', 'twilio']).optional(),
  PORT: port.optional(),
  VOICECHAT_WEBHOOK_PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: address.optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_PHONE_NUMBER: z.string().optional(),
  TWILIO_NUMBER: z.string().optional(),
  EARSHOT_TWILIO_API_URL: address.optional(),
  LOG_LEVEL: z.enum(LEVELS).default('warning'),
  EARSHOT_SOUND: z.enum(['0', '1']).default('0'),
  EARSHOT_PRINT_EVENTS: z.string().optional(),
  EARSHOT_PICTURE: z.string().optional(),
});

/** The default port, as older voice systems used it. */
const DEFAULT_PORT = 3334;

/** Adds the `.env` file of a folder to an environment; variables that are set win. */
export function withEnvFile(environment: Environment, folder: string): Environment {
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
    publicUrl: options.PUBLIC_URL ?? null,
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
  const accountSid = options.TWILIO_ACCOUNT_SID ?? options.TWILIO_SID;
  const authToken = options.TWILIO_AUTH_TOKEN;
  const number = options.TWILIO_PHONE_NUMBER ?? options.TWILIO_NUMBER;
  if (options.EARSHOT_LINE === 'practice') return { kind: 'practice' };
  if (accountSid === undefined && options.EARSHOT_LINE === undefined) return { kind: 'practice' };
  if (accountSid === undefined) throw invalid('TWILIO_ACCOUNT_SID is missing');
  if (authToken === undefined) throw invalid('TWILIO_AUTH_TOKEN is missing');
  if (number === undefined) throw invalid('TWILIO_PHONE_NUMBER is missing');
  const apiUrl = options.EARSHOT_TWILIO_API_URL ?? null;
  return { kind: 'twilio', accountSid, authToken, number, apiUrl };
}

function invalid(message: string): ProblemError {
  return new ProblemError({
    kind: 'invalid-configuration',
    message: `The configuration is not understood: ${message}.`,
    remedy: 'Correct the variable in the environment or in the .env file, or the argument.',
  });
}

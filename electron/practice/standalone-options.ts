import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ProblemError } from '../core/problem.ts';

/** What the practice line is told on its command line. */
export type StandaloneOptions = {
  readonly port: number;
  readonly webhooks: {
    readonly voiceUrl: string;
    readonly smsUrl: string;
    readonly statusCallback: string;
  };
  /** Where what the far persons heard is written, one WAV file for each call; null for a folder of its own. */
  readonly heardDir: string | null;
};

const USAGE =
  'Start it as: npm run practice -- --voice-url http://127.0.0.1:3000/voice [--sms-url URL] [--status-url URL] [--port N] [--heard-dir FOLDER]';

const address = z.url({ protocol: /^https?$/ });

const switches = z.object({
  'voice-url': address,
  'sms-url': address.optional(),
  'status-url': address.optional(),
  port: z.coerce.number().int().min(0).max(65535).default(0),
  'heard-dir': z.string().min(1).optional(),
});

/** Reads the command line. Throws `ProblemError` with what to write instead. */
export function readStandaloneOptions(args: readonly string[]): StandaloneOptions {
  const given = switches.safeParse(valuesOf(args));
  if (!given.success) {
    const name = String(given.error.issues[0]?.path[0] ?? 'voice-url');
    throw invalid(`The practice line needs a valid --${name}.`);
  }
  const { data } = given;
  return {
    port: data.port,
    webhooks: {
      voiceUrl: data['voice-url'],
      smsUrl: data['sms-url'] ?? '',
      statusCallback: data['status-url'] ?? '',
    },
    heardDir: data['heard-dir'] ?? null,
  };
}

function valuesOf(args: readonly string[]): object {
  const text = { type: 'string' } as const;
  const options = {
    'voice-url': text,
    'sms-url': text,
    'status-url': text,
    port: text,
    'heard-dir': text,
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'The command line is not understood.');
  }
}

function invalid(message: string): ProblemError {
  return new ProblemError({ kind: 'invalid-configuration', message, remedy: USAGE });
}

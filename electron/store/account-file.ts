import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Problem } from '../core/problem.ts';

/** Seals secrets so that only this person on this computer opens them. */
export type SecretBox = {
  readonly seal: (text: string) => Uint8Array;
  /** Throws when it was sealed elsewhere or is damaged. */
  readonly open: (sealed: Uint8Array) => string;
};

/** The account a person set up, as it is kept between runs. */
export type KeptAccount = z.output<typeof plainSchema> & {
  readonly secrets: z.output<typeof secretsSchema>;
};

const plainSchema = z.object({
  accountSid: z.string(),
  apiKeySid: z.string().nullable(),
  number: z.string(),
  address: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tunnel'), domain: z.string().nullable() }),
    z.object({ kind: z.literal('given'), url: z.string() }),
    z.object({ kind: z.literal('none') }),
  ]),
  /** Whether the number's calls are sent here while Earshot runs. */
  takeNumber: z.boolean(),
  /** Whether this account or the practice line is in use. */
  inUse: z.boolean(),
});

const secretsSchema = z.object({
  authToken: z.string().nullable(),
  apiSecret: z.string().nullable(),
  ngrokAuthtoken: z.string().nullable(),
});

const fileSchema = plainSchema.extend({ sealed: z.base64() });

/** The account on disk: what is secret only sealed. */
export type AccountFile = {
  readonly kept: () => KeptAccount | null;
  /** Keeps an account. @returns what stands in the way of keeping it longer than this run */
  readonly keep: (account: KeptAccount) => Problem | null;
  /** Forgets the account. @returns what stands in the way of forgetting it for good */
  readonly forget: () => Problem | null;
  /** What had to be told about reading the file. */
  readonly problem: Problem | null;
};

/**
 * Reads the account. One that cannot be opened is set aside under another name, never deleted.
 * @param box null where the system has no place for secrets: then an account lasts for this run only
 * @param suffix tells files set aside apart, such as a date
 */
export function openAccountFile(path: string, suffix: string, box: SecretBox | null): AccountFile {
  let { kept, problem } = read(path, suffix, box);
  return {
    kept: () => kept,
    problem,
    keep: account => {
      kept = account;
      problem = null;
      if (box === null) return NO_BOX;
      const { secrets, ...plain } = account;
      let sealed: string;
      try {
        sealed = Buffer.from(box.seal(JSON.stringify(secrets))).toString('base64');
      } catch {
        return NOT_SEALED;
      }
      try {
        const draft = `${path}.new`;
        writeFileSync(draft, `${JSON.stringify({ ...plain, sealed }, null, 2)}\n`, { mode: 0o600 });
        renameSync(draft, path);
        return null;
      } catch {
        return NOT_WRITTEN;
      }
    },
    forget: () => {
      kept = null;
      // Without a box the file is not this run's: it was neither read nor written here.
      if (box === null) return null;
      try {
        rmSync(path, { force: true });
        return null;
      } catch {
        return { ...NOT_REMOVED, remedy: `Delete ${path}.` };
      }
    },
  };
}

function read(
  path: string,
  suffix: string,
  box: SecretBox | null,
): { kept: KeptAccount | null; problem: Problem | null } {
  if (!existsSync(path)) return { kept: null, problem: null };
  if (box === null) return { kept: null, problem: NO_BOX };
  try {
    const { sealed, ...plain } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const opened = box.open(Buffer.from(sealed, 'base64'));
    return {
      kept: { ...plain, secrets: secretsSchema.parse(JSON.parse(opened)) },
      problem: null,
    };
  } catch {
    const aside = `${path}.unreadable-${suffix}`;
    renameSync(path, aside);
    return {
      kept: null,
      problem: {
        kind: 'account-unreadable',
        message:
          'The Twilio account that was set up could not be opened, so the practice line is used.',
        remedy: `Set the account up again. The old file is kept as ${aside}.`,
      },
    };
  }
}

const NO_BOX: Problem = {
  kind: 'secrets-not-kept',
  message:
    'This system has no safe place for secrets, so the account is forgotten when Earshot quits. Calls work.',
  remedy:
    'Set up a keyring (such as GNOME Keyring or KWallet), or give the account in the environment.',
};

const NOT_SEALED: Problem = {
  kind: 'secrets-not-kept',
  message:
    'This system’s place for secrets did not take them, so the account is forgotten when Earshot quits. Calls work.',
  remedy: 'Unlock the keyring or keychain, then set the account up again.',
};

const NOT_REMOVED: Omit<Problem, 'remedy'> = {
  kind: 'storage-failed',
  message: 'The account is not used any more, but its file could not be deleted.',
};

const NOT_WRITTEN: Problem = {
  kind: 'storage-failed',
  message: 'The account could not be saved, so it is forgotten when Earshot quits. Calls work.',
  remedy: 'Make room on the disk, then set it up again.',
};

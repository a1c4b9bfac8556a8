import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Problem } from '../core/problem.ts';
import type { KeyedTranscriber, TranscriberKeys } from '../core/transcription.ts';
import type { SecretBox } from './account-file.ts';

/** The keys of transcribers: those of this run, and those on disk, where they are only sealed. */
export type KeyFile = {
  /** Which services have a key, and for how long. */
  readonly keys: () => TranscriberKeys;
  /** The key of a service, as it is now. */
  readonly key: (name: KeyedTranscriber) => string | null;
  /** Takes a key, or forgets it; one from the environment stays. @returns what stands in the way of that for good */
  readonly set: (name: KeyedTranscriber, key: string | null) => Problem | null;
  /** What had to be told about reading the file. */
  readonly problem: Problem | null;
};

const fileSchema = z.object({ sealed: z.base64() });

const keysSchema = z.object({ openai: z.string().nullable(), deepgram: z.string().nullable() });

type Keys = z.output<typeof keysSchema>;

/**
 * Reads the keys. A file that cannot be opened is set aside under another name, never deleted.
 * @param suffix tells files set aside apart, such as a date
 * @param secrets null where the system has no place for secrets: then a key lasts for this run only
 * @param given keys from the environment, which win
 */
export function openKeyFile(
  path: string,
  suffix: string,
  secrets: SecretBox | null,
  given: { readonly openai?: string | null; readonly deepgram?: string | null },
): KeyFile {
  const read = readKeys(path, suffix, secrets);
  /** What is on disk, and what this run knows beside. */
  let kept = read.keys;
  let known = read.keys;

  const write = (keys: Keys): Problem | null => {
    if (secrets === null) return NO_BOX;
    if (keys.openai === null && keys.deepgram === null) return remove(path);
    let sealed: string;
    try {
      sealed = Buffer.from(secrets.seal(JSON.stringify(keys))).toString('base64');
    } catch {
      return NOT_SEALED;
    }
    try {
      const draft = `${path}.new`;
      writeFileSync(draft, `${JSON.stringify({ sealed }, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, path);
      return null;
    } catch {
      return NOT_WRITTEN;
    }
  };
  const key = (name: KeyedTranscriber): string | null => given[name] ?? known[name];
  const lasting = (name: KeyedTranscriber): TranscriberKeys[KeyedTranscriber] => {
    if (key(name) === null) return null;
    return (given[name] ?? null) === null && kept[name] === known[name] ? 'kept' : 'this-run';
  };

  return {
    keys: () => ({ openai: lasting('openai'), deepgram: lasting('deepgram') }),
    key,
    set: (name, value) => {
      known = { ...known, [name]: value };
      // Without a box the file is not this run's: there is nothing to forget in it.
      if (secrets === null && value === null) return null;
      const problem = write(known);
      if (problem === null) kept = known;
      return problem;
    },
    problem: read.problem,
  };
}

function readKeys(
  path: string,
  suffix: string,
  secrets: SecretBox | null,
): { readonly keys: Keys; readonly problem: Problem | null } {
  const none = { openai: null, deepgram: null };
  if (!existsSync(path)) return { keys: none, problem: null };
  if (secrets === null) return { keys: none, problem: NO_BOX };
  try {
    const { sealed } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const opened = secrets.open(Buffer.from(sealed, 'base64'));
    return { keys: keysSchema.parse(JSON.parse(opened)), problem: null };
  } catch {
    return { keys: none, problem: setAside(path, `${path}.unreadable-${suffix}`) };
  }
}

function setAside(path: string, aside: string): Problem {
  const message = 'The keys of transcribers that were kept could not be opened. Calls work.';
  try {
    renameSync(path, aside);
  } catch {
    return {
      kind: 'secrets-not-kept',
      message,
      remedy: `Look at ${path}, and enter the keys again.`,
    };
  }
  return {
    kind: 'secrets-not-kept',
    message,
    remedy: `Enter the keys again in the settings. The old file is kept as ${aside}.`,
  };
}

function remove(path: string): Problem | null {
  try {
    rmSync(path, { force: true });
    return null;
  } catch {
    return {
      kind: 'storage-failed',
      message: 'The key is not used any more, but its file could not be deleted.',
      remedy: `Delete ${path}.`,
    };
  }
}

const NO_BOX: Problem = {
  kind: 'secrets-not-kept',
  message:
    'This system has no safe place for secrets, so keys of transcribers are forgotten when Earshot quits.',
  remedy:
    'Set up a keyring (such as GNOME Keyring or KWallet), or give the keys in the environment.',
};

const NOT_SEALED: Problem = {
  kind: 'secrets-not-kept',
  message:
    'This system’s place for secrets did not take the key, so it is forgotten when Earshot quits.',
  remedy: 'Unlock the keyring or keychain, then enter the key again.',
};

const NOT_WRITTEN: Problem = {
  kind: 'storage-failed',
  message: 'The key could not be saved, so it is forgotten when Earshot quits.',
  remedy: 'Make room on the disk, then enter it again.',
};

import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where what the far persons heard is written. */
type HeardFolder = {
  readonly path: string;
  /** Takes a folder of its own away again, unless something was written into it. */
  readonly close: () => void;
};

/** Opens the folder that was asked for; a temporary one when none was. */
export function openHeardFolder(given: string | null): HeardFolder {
  if (given !== null) return { path: given, close: () => {} };
  const path = mkdtempSync(join(tmpdir(), 'practice-heard-'));
  return {
    path,
    close: () => {
      try {
        rmdirSync(path);
      } catch {
        // Not empty, or taken away already: what somebody may want to hear stays.
      }
    },
  };
}

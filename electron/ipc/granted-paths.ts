import type { Problem } from '../core/problem.ts';

/** The files that the person let the window write. */
export type GrantedPaths = {
  /** The person chose a file on the system's own sheet: one command may write it. */
  readonly grant: (path: string) => void;
  /**
   * Looks at a command of the window before it runs, whatever it is, and takes back what was granted
   * for it. @returns why it must not run; null when it may
   */
  readonly refusal: (command: unknown) => Problem | null;
};

const NOT_CHOSEN: Problem = {
  kind: 'file-not-written',
  message: 'Nothing was written: the window saves a file only where you chose on the save sheet.',
  remedy: 'Save again and choose where.',
};

const NOT_PLAYED: Problem = {
  kind: 'not-available',
  message: 'Files are not played to a call from the window.',
  remedy: 'Play them by a program that runs Earshot without a window.',
};

/**
 * Keeps the page from files: a page that was taken over could otherwise name any path that the person
 * may write or read. Every command calls its file `path`; without a window anybody who gives commands
 * has the same rights as Earshot.
 */
export function createGrantedPaths(): GrantedPaths {
  const granted = new Set<unknown>();
  return {
    grant: path => void granted.add(path),
    refusal: command => {
      if (typeof command !== 'object' || command === null) return null;
      if ('command' in command && command.command === 'play-file') return NOT_PLAYED;
      if (!('path' in command)) return null;
      return granted.delete(command.path) ? null : NOT_CHOSEN;
    },
  };
}

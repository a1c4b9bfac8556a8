import { release } from 'node:os';

/** Versions and the system's kind, as the runtime tells them: nothing that names this computer. */
export type Versions = Readonly<
  Record<'earshot' | 'electron' | 'chrome' | 'node' | 'platform' | 'arch' | 'system', string | null>
>;

/** Those of this run. @param earshot the app's own version; null when the shell does not know it */
export function versionsHere(earshot: string | null): Versions {
  const { electron = null, chrome = null, node } = process.versions;
  const { platform, arch } = process;
  // What follows the numbers of a kernel is its builder's to choose.
  const system = /^\d+(\.\d+){0,3}/.exec(release())?.[0] ?? null;
  return { earshot, electron, chrome, node, platform, arch, system };
}

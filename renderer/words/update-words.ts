import type { UpdateChoice, Updates } from '../../electron/core/updates.ts';
import { formatWhen } from './times.ts';

/** What each choice about updates is called. */
export const UPDATE_OPTIONS = [
  ['stable', 'Stable'],
  ['beta', 'Beta'],
  ['off', 'Off'],
] as const satisfies readonly (readonly [UpdateChoice, string])[];

/**
 * How far an update is, in a sentence.
 * @param isBusy whether a call stands: nothing is downloaded and nothing restarts beside it
 */
export function updateSentence(updates: Updates, choice: UpdateChoice, isBusy: boolean): string {
  const { status, problem } = updates;
  const version = `Version ${updates.version}`;
  if (choice === 'off') return 'Off. No server is asked for newer versions.';
  switch (status) {
    case 'off':
      return 'Nothing looks for newer versions of this copy: it was not made to be installed.';
    case 'none':
      return updates.checkedAt === null
        ? 'Newer versions are looked for in the background.'
        : 'This is the newest version.';
    case 'checking':
      return 'Looking for a newer version…';
    case 'available':
      return isBusy
        ? `${version} is there. It is fetched once no call stands.`
        : `${version} is there.`;
    case 'downloading':
      return `${version} is being fetched${share(updates)}.`;
    case 'ready':
      return isBusy
        ? `${version} is ready. Restart once no call stands, or quit later: it is installed then.`
        : `${version} is ready. It is installed when you quit.`;
    case 'failed':
      return problem === null ? 'The update failed.' : `${problem.message} ${problem.remedy}`;
    case 'by-hand':
      return updates.version === null
        ? 'This copy does not replace itself: newer versions are only told here.'
        : `${version} is there. Fetch it by hand: this copy does not replace itself.`;
  }
}

/** When it was last learnt what there is; empty while it was not. */
export function checkedWords({ checkedAt }: Updates, now: number): string {
  if (checkedAt === null) return '';
  const when = formatWhen(checkedAt, now);
  if (when === 'now') return 'Last checked just now.';
  return when.endsWith('min') ? `Last checked ${when} ago.` : `Last checked: ${when}.`;
}

function share({ doneBytes, totalBytes }: Updates): string {
  if (totalBytes === null || totalBytes <= 0) return '';
  return `: ${Math.min(100, Math.floor((100 * doneBytes) / totalBytes))} %`;
}

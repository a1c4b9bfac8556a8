import type { Problem } from '../core/problem.ts';

/** What is said where nothing is released, or not yet. Source: electron-updater, GitHubProvider and GenericProvider. */
const NOTHING_RELEASED =
  /ERR_UPDATER_(CHANNEL_FILE|LATEST_VERSION)_NOT_FOUND|NO_PUBLISHED_VERSIONS|Unable to find latest version[\s\S]*HttpError: 40[46]/;

/** Why an update failed, by the name an error has, or by how its words begin. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /CHECKSUM_MISMATCH|checksum mismatch/,
    'What was downloaded is not what its publisher named: it was thrown away.',
  ],
  [
    /INVALID_SIGNATURE|code signature|not signed/i,
    'What was downloaded is not signed as this copy is: it was not installed.',
  ],
  [
    new RegExp(`${NOTHING_RELEASED.source}|HTTP_ERROR_404`),
    'No versions are published where this copy looks for them.',
  ],
  [
    /ENOSPC|EACCES|EPERM|EROFS/,
    'There is no room for it, or this computer did not allow it to be written.',
  ],
  [
    /E(CONN\w+|NOTFOUND|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|PIPE)|net::ERR_|HTTP_ERROR_|socket hang up|Cannot download|NO_ANSWER/,
    'The server with the updates was not reached, or did not give it.',
  ],
  [/ERR_UPDATER_|YAML|invalid/i, 'What the server with the updates said is not understood.'],
];

/** An update that was not found, fetched or verified, as a person is told. @param link where to fetch it by hand */
export function updateProblem(error: unknown, link: string | null): Problem {
  const code = codeOf(error);
  const cause = CAUSES.find(([words]) => words.test(textOf(error)))?.[1] ?? 'It is not known why.';
  const byHand = link === null ? '' : ', or fetch the new version by hand';
  return {
    kind: 'update-failed',
    message: `The update failed. ${cause} Earshot goes on as it is.`,
    remedy: `Check again later${byHand}.`,
    ...(code === null ? {} : { code }),
    ...(link === null ? {} : { link }),
  };
}

/** Whether a failed look says no more than that nothing is released there, or not yet. */
export function isNothingReleased(error: unknown): boolean {
  return NOTHING_RELEASED.test(textOf(error));
}

function textOf(error: unknown): string {
  return `${codeOf(error) ?? ''} ${error instanceof Error ? error.message : String(error)}`;
}

/** The name of an error, when it has one that is fit to be shown. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(error.code)
    ? error.code
    : null;
}

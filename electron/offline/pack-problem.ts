import type { Problem } from '../core/problem.ts';
import { ProblemError } from '../core/problem.ts';

const AGAIN = 'Fetch it again in Settings > Transcripts: it goes on where it stopped.';

/** An expected failure of a pack, thrown. */
export function packError(message: string, remedy: string, code?: string): ProblemError {
  return new ProblemError({
    kind: 'pack-failed',
    message,
    remedy,
    ...(code === undefined ? {} : { code }),
  });
}

/** A server answered, but not with the file. @param status of HTTP */
export function refusedError(status: number): ProblemError {
  return status === 404 || status === 410
    ? packError(
        'The pack is not where it used to be. Calls are not touched.',
        'Choose another transcriber in Settings > Transcripts, or look for a newer Earshot.',
        `HTTP ${status}`,
      )
    : packError(
        'The server does not give the pack. Calls are not touched.',
        AGAIN,
        `HTTP ${status}`,
      );
}

/** What came is not what its makers published. */
export function wrongContentError(): ProblemError {
  return packError(
    'What was fetched is not the file it should be, so nothing of it was used.',
    'Fetch it again in Settings > Transcripts; if it fails again, try from another network.',
  );
}

/** An archive that holds what a pack may not hold, or lacks what it must. */
export function wrongArchiveError(): ProblemError {
  return packError(
    'The archive of the pack is not built as it should be, so nothing of it was used.',
    'Choose another pack or transcriber in Settings > Transcripts.',
  );
}

/** The problem behind whatever stopped a pack: told by the network, the disk, or known already. */
export function packProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return packError(
      'The disk is full, so the pack could not be stored. Calls are not touched.',
      'Make room on the disk, then fetch the pack again.',
      code,
    ).problem;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY') {
    return packError(
      'The pack could not be stored in the folder for data.',
      'Check that the folder can be written, then fetch the pack again.',
      code,
    ).problem;
  }
  return packError('The pack could not be fetched. Calls are not touched.', AGAIN, code).problem;
}

/** The name of a system error, also when `fetch` wraps it. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

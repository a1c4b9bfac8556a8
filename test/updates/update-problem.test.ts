import { expect, it } from 'vitest';
import { updateProblem } from '../../electron/updates/update-problem.ts';

const failed = (code: string | null, message: string): Error =>
  Object.assign(new Error(message), code === null ? {} : { code });

it.each([
  ['ERR_CHECKSUM_MISMATCH', 'sha512 checksum mismatch', 'not what its publisher named'],
  ['ERR_UPDATER_INVALID_SIGNATURE', 'New version is not signed', 'not signed as this copy is'],
  [null, 'Could not get code signature for running application', 'not signed as this copy is'],
  ['ERR_UPDATER_CHANNEL_FILE_NOT_FOUND', 'Cannot find channel', 'No versions are published'],
  [
    'ERR_UPDATER_INVALID_RELEASE_FEED',
    'Cannot parse releases feed: Error: Unable to find latest version on GitHub (https://example.com), please ensure a production release exists: HttpError: 406',
    'No versions are published',
  ],
  ['HTTP_ERROR_404', 'HttpError: 404', 'No versions are published'],
  ['ERR_UPDATER_INVALID_VERSION', 'not a valid semver version', 'not understood'],
  ['ECONNREFUSED', 'connect', 'not reached'],
  [null, 'net::ERR_INTERNET_DISCONNECTED', 'not reached'],
  [null, 'Cannot download "https://example.com/a", status 503', 'not reached'],
  ['ENOSPC', 'no space left on device', 'no room'],
  [null, 'something else', 'not known why'],
])('tells %s (%s) in words', (code, message, words) => {
  const problem = updateProblem(failed(code, message), null);
  expect(problem).toMatchObject({ kind: 'update-failed', remedy: 'Check again later.' });
  expect(problem.message).toContain(words);
  expect(problem.message).toMatch(/Earshot goes on as it is\.$/);
  expect(problem.code).toBe(code ?? undefined);
});

it('says where the new version is to be had by hand', () => {
  const link = 'https://example.com/earshot';
  expect(updateProblem(new Error('x'), link)).toMatchObject({
    remedy: 'Check again later, or fetch the new version by hand.',
    link,
  });
});

it('shows nothing foreign', () => {
  const problem = updateProblem(failed('<img>', 'GET https://example.com/?token=secret'), null);
  expect(JSON.stringify(problem)).not.toMatch(/img|secret/);
  expect(updateProblem('no error at all', null).kind).toBe('update-failed');
});

import { expect, it } from 'vitest';
import { draftArguments } from '../../build/release-draft.mjs';

it('drafts a release that nobody sees before a person published it', () => {
  expect(draftArguments('v1.2.0', 'notes.md', ['a.deb', 'SHA256SUMS'])).toEqual([
    ...['release', 'create', 'v1.2.0', '--draft', '--verify-tag'],
    ...['--title', 'Earshot 1.2.0', '--notes-file', 'notes.md'],
    ...['a.deb', 'SHA256SUMS'],
  ]);
});

it('marks a version that is being tried, so that only the beta channel finds it', () => {
  expect(draftArguments('v1.2.0-beta.1', 'notes.md', [])).toContain('--prerelease');
});

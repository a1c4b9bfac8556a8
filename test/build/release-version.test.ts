import { expect, it } from 'vitest';
import { channelOf } from '../../build/release-version.mjs';

const changelog = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.2.0 - 2026-01-02\n\n- Old.\n';

it('takes a tag that names the version, for the channel it belongs to', () => {
  expect(channelOf('v1.2.0', '1.2.0', changelog)).toBe('stable');
  expect(channelOf('v1.3.0-beta.2', '1.3.0-beta.2', changelog)).toBe('beta');
});

it('refuses a tag of another version', () => {
  expect(() => channelOf('v1.2.1', '1.2.0', changelog)).toThrow('package.json says 1.2.0');
});

it('refuses what is no tag of a release', () => {
  for (const tag of ['', '1.2.0', 'v1.2', 'v1.2.0-rc.1', 'v1.2.0-beta', 'v1.2.0 && ls', 'very']) {
    expect(() => channelOf(tag, tag.slice(1), changelog)).toThrow('no tag of a release');
  }
});

it('refuses a version of which the changelog says nothing', () => {
  expect(() => channelOf('v1.3.0', '1.3.0', changelog)).toThrow('## 1.3.0');
});

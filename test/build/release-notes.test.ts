import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notesOf } from '../../build/release-notes.mjs';

const changelog = [
  '# Changelog',
  'All changes.',
  '## Unreleased',
  '### Added',
  '- Tomorrow.',
  '## [1.1.0] - 2026-01-02',
  '### Added',
  '- Today.',
  '## 1.0.0',
  '- Yesterday.',
  '',
].join('\n\n');

it('finds the part of a version, to the next', () => {
  expect(notesOf(changelog, '1.1.0')).toBe('### Added\n\n- Today.\n');
  expect(notesOf(changelog, '1.0.0')).toBe('- Yesterday.\n');
});

it('takes what is not released yet for a version that is being tried', () => {
  expect(notesOf(changelog, '1.2.0-beta.1')).toBe('### Added\n\n- Tomorrow.\n');
});

it('refuses a version without notes', () => {
  expect(() => notesOf(changelog, '1.2.0')).toThrow('## 1.2.0');
  expect(() => notesOf('## 1.2.0\n\n## 1.1.0\n- a', '1.2.0')).toThrow('## 1.2.0');
});

it('understands this project’s own changelog', () => {
  const own = readFileSync(join(import.meta.dirname, '..', '..', 'CHANGELOG.md'), 'utf8');
  expect(notesOf(own, '9.0.0-beta.1')).toContain('### Added');
});

// What is new in a version, from the changelog.
import { Stop } from './progress.mjs';

/**
 * The part of a changelog about one version. A version that is still being tried may have none of its
 * own: what is not released yet stands for it. Throws a `Stop` when there is nothing to tell.
 * @param {string} changelog as keepachangelog.com has it
 * @param {string} version
 */
export function notesOf(changelog, version) {
  const parts = new Map(
    changelog
      .split(/^## /m)
      .slice(1)
      .map(part => {
        const [title = '', ...lines] = part.split(/\r?\n/);
        const name = /^\[?v?([^\s\]]+)/.exec(title)?.[1] ?? '';
        return [name, lines.join('\n').trim()];
      }),
  );
  const isTried = version.includes('-');
  const notes = parts.get(version) || (isTried ? parts.get('Unreleased') : undefined);
  if (!notes)
    throw new Stop(`CHANGELOG.md has nothing under "## ${version}". Write what is new in it.`);
  return `${notes}\n`;
}

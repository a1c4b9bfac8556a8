// What is new in a version, from the changelog: node build/release-notes.mjs 1.2.0 > notes.md
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './child.mjs';
import { runAsCommand, Stop } from './progress.mjs';

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const changelog = await readFile(join(projectFolder, 'CHANGELOG.md'), 'utf8');
    process.stdout.write(notesOf(changelog, process.argv[2] ?? ''));
    return 0;
  });
}

// Drafts a release with all files of a folder; a person reads and publishes it: node build/release-draft.mjs v1.2.0 dist/release
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { become, projectFolder } from './child.mjs';
import { runAsCommand, Stop } from './progress.mjs';
import { notesOf } from './release-notes.mjs';

/**
 * What GitHub's command is told to draft a release.
 * @param {string} tag
 * @param {string} notesPath
 * @param {readonly string[]} files
 */
export function draftArguments(tag, notesPath, files) {
  const isTried = tag.includes('-');
  return [
    ...['release', 'create', tag, '--draft', '--verify-tag'],
    ...['--title', `Earshot ${tag.slice(1)}`, '--notes-file', notesPath],
    ...(isTried ? ['--prerelease'] : []),
    ...files,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const [, , tag, folder] = process.argv;
    if (tag === undefined || folder === undefined)
      throw new Stop('Name the tag and the folder of its files.');
    const changelog = await readFile(join(projectFolder, 'CHANGELOG.md'), 'utf8');
    const notesPath = join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'release-notes.md');
    await writeFile(notesPath, notesOf(changelog, tag.slice(1)));
    const names = (await readdir(folder)).sort();
    return become(
      'gh',
      draftArguments(
        tag,
        notesPath,
        names.map(name => join(folder, name)),
      ),
    );
  });
}

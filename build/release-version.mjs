// Whether a tag is this version's: node build/release-version.mjs v1.2.0
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './child.mjs';
import { runAsCommand, Stop, say } from './progress.mjs';
import { notesOf } from './release-notes.mjs';

/**
 * The channel that a tag is published on. Throws a `Stop` where the tag, package.json and the
 * changelog do not tell the same.
 * @param {string} tag
 * @param {string} version as package.json has it
 * @param {string} changelog
 * @returns {'stable' | 'beta'}
 */
export function channelOf(tag, version, changelog) {
  const parts = /^v\d+\.\d+\.\d+(-beta\.\d+)?$/.exec(tag);
  if (parts === null) {
    throw new Stop(
      `${tag} is no tag of a release: write v1.2.0, or v1.2.0-beta.1 for the beta channel.`,
    );
  }
  if (tag !== `v${version}`) {
    throw new Stop(`The tag is ${tag}, but package.json says ${version}. Change one of them.`);
  }
  notesOf(changelog, version);
  return parts[1] === undefined ? 'stable' : 'beta';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const read = (/** @type {string} */ name) => readFile(join(projectFolder, name), 'utf8');
    const manifest = JSON.parse(await read('package.json'));
    const tag = process.argv[2] ?? '';
    const channel = channelOf(tag, manifest.version, await read('CHANGELOG.md'));
    say(`${tag} is for the ${channel} channel.`);
    return 0;
  });
}

// What Earshot is made of, as CycloneDX: node build/release-sbom.mjs dist/release
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmCommand, projectFolder, run } from './child.mjs';
import { runAsCommand, Stop, say } from './progress.mjs';

/**
 * Writes the list of all installed packages into a folder; of the lock file alone npm refuses to, since
 * one of them is a folder of ours. Those that only build are named as such, and belong to it: parts of
 * the window come from there. Resolves to the file's path.
 * @param {string} folder
 */
export async function writeSbom(folder) {
  const npm = npmCommand();
  const wanted = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { code, output } = await run(npm.command, [...npm.args, '--loglevel=silent', ...wanted]);
  const text = output.slice(output.indexOf('{'));
  if (code !== 0 || text === '') throw new Stop(`npm could not list the packages:\n${output}`);
  const sbom = JSON.parse(text);
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  if (sbom.bomFormat !== 'CycloneDX' || sbom.metadata.component.version !== manifest.version) {
    throw new Stop('What npm listed is not this version of Earshot.');
  }
  // npm calls it what the folder is called.
  sbom.metadata.component.name = manifest.name;
  const path = join(folder, `${manifest.productName}-${manifest.version}-sbom.cdx.json`);
  await writeFile(path, `${JSON.stringify(sbom, null, 2)}\n`);
  return path;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const [, , folder] = process.argv;
    if (folder === undefined) throw new Stop('Name the folder whose files are released.');
    say(`Written: ${await writeSbom(folder)}`);
    return 0;
  });
}

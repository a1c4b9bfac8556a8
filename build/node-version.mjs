// Imported before anything else: says in plain words when this Node is too old to build Earshot.
const OLDEST = [20, 19];

/**
 * Whether a Node version such as `22.12.0` can build and run Earshot.
 * @param {string} version
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

if (!isNewEnough(process.versions.node)) {
  process.stderr.write(
    `Earshot needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Install a current Node from https://nodejs.org and run the command again.\n',
  );
  process.exit(1);
}

// Electron's build-time switches, as packages have them: an installed Earshot is no Node for other programs to use.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** Electron checks the archive against the hash in the executable only there. */
const checksArchive = process.platform !== 'linux';

/** In the words of electron-builder, which flips them before it signs. */
export const fuses = /** @type {const} */ ({
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: checksArchive,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
});

const ON = '1'.charCodeAt(0);

/**
 * Reads the switches of an executable back.
 * @param {string} executablePath
 * @returns {Promise<Record<keyof typeof fuses, boolean>>}
 */
export async function readFuses(executablePath) {
  const wire = await getCurrentFuseWire(executablePath);
  /** @param {FuseV1Options} fuse */
  const isOn = fuse => Number(wire[fuse]) === ON;
  return {
    runAsNode: isOn(FuseV1Options.RunAsNode),
    enableCookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    enableNodeOptionsEnvironmentVariable: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    enableNodeCliInspectArguments: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    enableEmbeddedAsarIntegrityValidation: isOn(
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    ),
    onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    loadBrowserProcessSpecificV8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    grantFileProtocolExtraPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  };
}

// Installs every Debian package that running and testing Earshot needs; for machines set up by script.
import { ensureDebianPackages, packageGroups } from './debian-packages.mjs';

await ensureDebianPackages(
  /** @type {import('./debian-packages.mjs').PackageGroup[]} */ (Object.keys(packageGroups)),
);

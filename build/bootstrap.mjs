// Brings a fresh copy of Earshot to where it can run: system packages, dependencies, bundles.
// What is already there is passed over in a moment.
import './node-version.mjs';
import { ensureAppBundle } from './bundles.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { checkNativeAddons } from './native-addons.mjs';

/**
 * Prepares everything a command needs, in an order in which each step can use the ones before.
 * @param {readonly import('./debian-packages.mjs').PackageGroup[]} systemPackages
 * @param {{ build?: boolean }} [options]
 */
export async function bootstrap(systemPackages, { build = true } = {}) {
  await ensureDebianPackages(systemPackages);
  await ensureDependencies();
  await Promise.all([checkNativeAddons(), build ? ensureAppBundle() : undefined]);
}

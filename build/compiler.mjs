// What compiling a native addon needs: a C++ compiler, and the headers of this Node.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { ensureDebianPackages, packageRemedy } from './debian-packages.mjs';

/** Installs a compiler where that is possible and none is there. */
export async function ensureCompiler() {
  if (!(await hasCompiler())) await ensureDebianPackages(['compiler']);
}

/** Whether the programs that compile addons are there; on Windows only trying can tell. */
export async function hasCompiler() {
  if (process.platform === 'win32') return true;
  const tools = ['c++', 'make', 'python3'];
  const answers = await Promise.all(tools.map(tool => run(tool, ['--version'])));
  return answers.every(({ code }) => code === 0);
}

/** How a person gets a compiler on this system. */
export function compilerRemedy() {
  if (process.platform === 'linux') return packageRemedy('compiler');
  if (process.platform === 'darwin') return 'xcode-select --install';
  const tools = 'winget install Microsoft.VisualStudio.2022.BuildTools --override';
  const workload = '--add Microsoft.VisualStudio.Workload.VCTools --includeRecommended';
  return `${tools} "${workload}"\n  winget install Python.Python.3.12`;
}

/**
 * The environment to compile in: with the headers that came with this Node, if they did, since
 * their own download is another thing that can fail.
 * @returns {NodeJS.ProcessEnv}
 */
export function compileEnv() {
  const folder = dirname(dirname(realpathSync(process.execPath)));
  if (!existsSync(join(folder, 'include', 'node', 'node_api.h'))) return process.env;
  return { npm_package_config_node_gyp_nodedir: folder, ...process.env };
}

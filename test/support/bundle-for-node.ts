import { join } from 'node:path';
import { build } from 'vite';

const PROJECT = join(import.meta.dirname, '../..');

/**
 * Bundles sources into a folder, each as `<name>.cjs`, whole and by itself: a worker that shares a file
 * with its program would run the program, too. @param entries paths by name
 */
export async function bundleForNode(
  entries: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  for (const [name, path] of Object.entries(entries)) {
    await build({
      root: PROJECT,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: join(PROJECT, path),
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: { output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
      },
    });
  }
}

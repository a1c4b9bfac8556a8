// npm run bench: prepares whatever is missing, then measures.

import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ensureBenchBundle } from './bundles.mjs';
import { become, projectFolder } from './child.mjs';
import { runAsCommand } from './progress.mjs';

await runAsCommand(async () => {
  await bootstrap([]);
  await ensureBenchBundle();
  const entry = join(projectFolder, 'out', 'bench', 'bench.cjs');
  return become(process.execPath, [entry, ...process.argv.slice(2)]);
});

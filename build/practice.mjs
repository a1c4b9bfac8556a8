// npm run practice: prepares whatever is missing, then runs the practice line as a program of its
// own. Standard output carries nothing but its events.

import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { become, projectFolder } from './child.mjs';
import { runAsCommand } from './progress.mjs';

await runAsCommand(async () => {
  await bootstrap([]);
  const entry = join(projectFolder, 'out', 'main', 'practice.cjs');
  return become(process.execPath, [entry, ...process.argv.slice(2)], { cwd: process.cwd() });
});

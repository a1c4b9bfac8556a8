// npm run headless: prepares whatever is missing, then runs Earshot without a window. Standard
// output carries nothing but the events of the app.

import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { become, projectFolder } from './child.mjs';
import { runAsCommand } from './progress.mjs';

await runAsCommand(async () => {
  await bootstrap(['sound']);
  const entry = join(projectFolder, 'out', 'main', 'headless.cjs');
  return become(process.execPath, [entry, ...process.argv.slice(2)], { cwd: process.cwd() });
});

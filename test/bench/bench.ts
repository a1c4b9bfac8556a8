// Measures Earshot on this computer and prints the figures beside their budgets. Nothing fails here.

import { measureEventLoop, runLineServer } from './event-loop.ts';
import { MEDIA_LOAD, measureFrameCost } from './frame-cost.ts';
import { runMediaSender } from './media-sender.ts';
import { runMediaServer } from './media-server.ts';
import { measureSoundPath } from './sound-path.ts';
import { printTable } from './table.ts';

async function main(): Promise<void> {
  const { streams, rounds, measureMs } = MEDIA_LOAD;
  process.stdout.write(
    `Earshot benchmarks, Node ${process.versions.node} on ${process.platform} ${process.arch}\n`,
  );
  printTable(
    `Inbound media frames: ${streams} streams × 50 frames/s, best of ${rounds} × ${measureMs / 1000} s; the server's CPU only`,
    await measureFrameCost(),
  );
  printTable(
    'Added latency of received sound: frame arrived (onFrame) → handed over (nextFrame)\n' +
      'Includes: playout buffer, mixer, phase of the card. Excludes: network, the sound process and its 40 ms ahead.',
    await measureSoundPath(),
  );
  printTable(
    'Event loop of the app under 100 live practice calls, the practice line in its own process',
    await measureEventLoop(),
  );
}

async function runRole(role: string | undefined, argument: string): Promise<void> {
  if (role === 'media-server') return runMediaServer(argument);
  if (role === 'media-sender') return runMediaSender(Number(argument));
  return role === 'line' ? runLineServer() : main();
}

const [role, argument = ''] = process.argv.slice(2);
runRole(role, argument).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});

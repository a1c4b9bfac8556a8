// Measures Earshot on this computer and prints the figures beside their budgets. Nothing fails here.

import { measureCapacity } from './capacity.ts';
import { measureEventLoop, runLineServer } from './event-loop.ts';
import { MEDIA_LOAD, measureFrameCost } from './frame-cost.ts';
import { runMediaSender } from './media-sender.ts';
import { runMediaServer } from './media-server.ts';
import { measurePlayout } from './playout-table.ts';
import { measureSoundPath } from './sound-path.ts';
import { printTable } from './table.ts';
import { measureTranscribed, TRANSCRIBED_CALLS } from './transcribed-cost.ts';

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
    'Added latency of received sound: frame arrived (onSound) → handed over (nextFrame)\n' +
      'Includes: playout buffer, mixer, phase of the card. Excludes: network, the sound process and its 40 ms ahead.',
    await measureSoundPath(),
  );
  printTable(
    'Streams on one process, all recorded; the sender in another',
    await measureCapacity(),
  );
  printTable(
    'Playout by arrival trace: latency it adds, and the CPU of one push and one pull',
    measurePlayout(),
  );
  printTable(
    'Event loop of the app under 100 live practice calls, the practice line in its own process',
    await measureEventLoop(),
  );
  await printTranscribed();
}

async function printTranscribed(): Promise<void> {
  printTable(
    `${TRANSCRIBED_CALLS} calls with both sides' sound, voice activity on, transcripts by Twilio (2 pieces a second each)`,
    await measureTranscribed(),
  );
}

async function runRole(role: string | undefined, argument: string, streams: string): Promise<void> {
  if (role === 'media-server') return runMediaServer(argument);
  if (role === 'media-sender') return runMediaSender(Number(argument), Number(streams));
  if (role === 'transcribed') return printTranscribed();
  return role === 'line' ? runLineServer() : main();
}

const [role, argument = '', streams = ''] = process.argv.slice(2);
runRole(role, argument, streams).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});

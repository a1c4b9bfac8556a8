// Measures how well and how soon a transcriber understands telephone speech. Nothing fails here.
import { parseArgs } from 'node:util';
import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { benchTranscriber } from './bench-transcriber.ts';
import { speechIn, spokenSentences } from './speech-files.ts';
import { percentile } from './table.ts';
import { type Understood, understand } from './transcript-run.ts';
import { wordDelays } from './word-delays.ts';
import { addErrors, errorRate, NO_WORDS, wordErrors } from './word-errors.ts';

/** With `--fast` sound comes so many times as fast as it was said; delays then mean nothing. */
const FAST = 3;

const { values } = parseArgs({
  options: {
    provider: { type: 'string', default: '' },
    speech: { type: 'string' },
    language: { type: 'string', default: 'en-US' },
    fast: { type: 'boolean', default: false },
    texts: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const { transcriber, title, use } = await benchTranscriber(values.provider, process.env);
  if (values.fast && values.provider !== 'offline') {
    throw new Error(
      '--fast is for the offline recogniser: services listen as fast as people speak.',
    );
  }
  const files =
    values.speech === undefined ? await spokenSentences() : await speechIn(values.speech);
  const speed = values.fast ? FAST : 1;
  const lengthMs = files.reduce((sum, { frames }) => sum + frames.length, 0) * FRAME_MS;
  say(
    `Transcripts by ${title}; ${files.length} files, ${(lengthMs / 1000).toFixed(0)} s, through 8 kHz µ-law`,
  );
  let errors = NO_WORDS;
  const runs: Understood[] = [];
  let before = null as ReturnType<typeof use>;
  for (const file of files) {
    const run = await understand(systemClock, transcriber, file, values.language, speed);
    // The first one loads the model, which is not counted.
    before ??= use();
    const one = wordErrors(file.text, run.text);
    errors = addErrors(errors, one);
    runs.push(run);
    if (values.texts)
      say(
        `  ${file.name}: ${(errorRate(one) * 100).toFixed(0)} %\n    said  ${file.text.trim()}\n    heard ${run.text}`,
      );
  }
  const after = use();
  await transcriber.close();
  const { words, substitutions, deletions, insertions } = errors;
  say(`  word error rate        ${(errorRate(errors) * 100).toFixed(1)} % of ${words} words`);
  say(`  substituted, left out, added   ${substitutions}, ${deletions}, ${insertions}`);
  const delays = runs.map(({ told }) => wordDelays(told));
  if (!values.fast) {
    sayDelay(
      'a word first shown',
      delays.flatMap(({ first }) => first),
    );
    sayDelay(
      'a word final',
      delays.flatMap(({ final }) => final),
    );
  }
  if (before !== null && after !== null) {
    const firstMs = (files[0]?.frames.length ?? 0) * FRAME_MS;
    const share = (after.cpuMs - before.cpuMs) / (lengthMs - firstMs);
    say(
      `  CPU of its process     ${(share * 100).toFixed(1)} % of a core for each voice that talks`,
    );
    say(`  memory at its peak     ${after.peakMb.toFixed(0)} MB`);
  }
  const behind = runs.filter(({ wasBehind }) => wasBehind).length;
  if (behind > 0)
    say(`  This computer was too slow for ${behind} of the files: some words were left out.`);
}

function sayDelay(what: string, delays: readonly number[]): void {
  const told =
    delays.length === 0
      ? 'not told by this transcriber'
      : `p50 ${percentile(delays, 0.5).toFixed(0)} ms, p95 ${percentile(delays, 0.95).toFixed(0)} ms after it began to be said`;
  say(`  ${what.padEnd(22)} ${told}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  },
);

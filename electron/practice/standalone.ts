/** The practice line as a program of its own. Events out as JSON lines, commands in as JSON lines. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Problem, ProblemError } from '../core/problem.ts';
import { createLog } from '../log.ts';
import { startFailure } from '../start-failure.ts';
import { systemClock } from '../system-clock.ts';
import { openHeardFolder } from './heard-folder.ts';
import { createPracticeLine, type PracticeLine } from './practice-line.ts';
import { obey } from './standalone-commands.ts';
import { toldOf, writeHeard } from './standalone-events.ts';
import { readStandaloneOptions, type StandaloneOptions } from './standalone-options.ts';

/** How long a clean end may take before the process ends anyway. */
const CLOSE_LIMIT_MS = 8000;

const NOT_JSON: Problem = {
  kind: 'invalid-command',
  message: 'The line is not a JSON object.',
  remedy: 'Send one JSON object a line, such as {"id":1,"command":"people"}.',
};

const UNEXPECTED: Problem = {
  kind: 'not-available',
  message: 'The command failed for a reason nobody foresaw. Calls go on.',
  remedy: 'Read the log on standard error.',
};

const print = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

const tell = ({ event, ...rest }: Readonly<Record<string, unknown>>): void =>
  print({ event, at: new Date(systemClock.now()).toISOString(), ...rest });

async function main(): Promise<void> {
  const options = readStandaloneOptions(process.argv.slice(2));
  const { port, webhooks } = options;
  const line = await open(port, webhooks);
  const { path: heardDir, close: closeFolder } = openHeardFolder(options.heardDir);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    systemClock.after(CLOSE_LIMIT_MS, () => process.exit(1));
    line.close().then(
      () => {
        closeFolder();
        process.exit(0);
      },
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // Whoever drove this is gone.
  process.stdout.on('error', end);
  line.traffic.on(traffic => {
    for (const told of toldOf(traffic)) tell(told);
    if (traffic.event !== 'call-ended') return;
    const { sid } = traffic.call;
    const heard = writeHeard(line, sid, join(heardDir, `${sid}.wav`));
    if (heard !== null) tell({ event: 'heard', ...heard });
  });
  tell({
    event: 'listening',
    apiUrl: line.apiUrl,
    accountSid: line.accountSid,
    authToken: line.authToken,
    apiKey: line.apiKey,
    agentUrl: line.agentUrl,
    number: line.number,
    numbers: line.numbers,
    ...webhooks,
    heardDir,
    people: line.directory,
  });
  const targets = { line, heardDir, shutDown: () => setImmediate(end) };
  createInterface({ input: process.stdin }).on('line', text => {
    if (text.trim() !== '') void receive(text, targets);
  });
}

async function open(port: number, webhooks: StandaloneOptions['webhooks']): Promise<PracticeLine> {
  try {
    return await createPracticeLine({
      clock: systemClock,
      log: createLog('warning'),
      port,
      webhooks,
    });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    throw new ProblemError({
      kind: 'port-taken',
      message: `Port ${port} is taken by another program.`,
      remedy: 'Give another --port, or none for any free one.',
    });
  }
}

async function receive(text: string, targets: Parameters<typeof obey>[1]): Promise<void> {
  const message = objectIn(text);
  if (message === undefined) return print({ reply: null, ok: false, problem: NOT_JSON });
  const { id = null, ...command } = message;
  try {
    print({ reply: id, ok: true, ...(await obey(command, targets)) });
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : UNEXPECTED;
    print({ reply: id, ok: false, problem });
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    const isObject = typeof message === 'object' && message !== null && !Array.isArray(message);
    return isObject ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(startFailure(error));
  if (error instanceof ProblemError) tell({ event: 'problem-raised', problem: error.problem });
  process.exit(1);
});

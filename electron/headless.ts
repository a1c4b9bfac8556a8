/** Shell 2: plain Node, no window. Events out as JSON lines, commands in as JSON lines. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type App, createApp } from './app.ts';
import { SOUND_PROCESS } from './audio/device-link.ts';
import { type Config, readConfig, withEnvFile } from './config.ts';
import { faultProblem } from './core/fault-problems.ts';
import type { Outcome } from './core/outcome.ts';
import { type Problem, ProblemError } from './core/problem.ts';
import { openDataFolder } from './data-folder.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import { createFaultWatch } from './diagnostics/fault-watch.ts';
import { createLogRing, remembered } from './diagnostics/log-ring.ts';
import { programText } from './diagnostics/own-sentences.ts';
import { markRun } from './diagnostics/run-mark.ts';
import { versionsHere } from './diagnostics/versions.ts';
import { accountCallJson, callJson, eventLine, messageJson } from './event-line.ts';
import { createLog, type Log } from './log.ts';
import { forkHelpers } from './processes/fork-helper.ts';
import { startFailure } from './start-failure.ts';
import { systemClock } from './system-clock.ts';
import { userName } from './user-name.ts';

/** How long a clean end may take before the process ends anyway: more than all that is waited for. */
const CLOSE_LIMIT_MS = 12_000;

const print = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

async function main(): Promise<void> {
  const environment = withEnvFile(process.env, process.cwd());
  const config = readConfig(environment, process.argv.slice(2));
  const ring = createLogRing(systemClock);
  const log = remembered(createLog(config.logLevel), ring);
  const dataDir = openDataFolder(environment, process.platform);
  const mark = markRun(join(dataDir, 'last-run.json'), systemClock, log);
  let app: App | null = null;
  let exitCode = 0;
  let ending = false;
  const leave = (inOrder: boolean): void => {
    if (!inOrder) mark.stay();
    mark.end();
    process.exit(inOrder ? exitCode : 1);
  };
  const end = (): void => {
    if (ending) return;
    ending = true;
    systemClock.after(CLOSE_LIMIT_MS, () => leave(false));
    Promise.resolve(app?.close()).then(
      () => leave(true),
      () => leave(false),
    );
  };
  /** Something failed that nobody foresaw, and not only once: calls are hung up while that still works. */
  const giveUp = (): void => {
    mark.stay();
    exitCode = 1;
    end();
  };
  const faults = createFaultWatch({
    clock: systemClock,
    log,
    keep: mark.fault,
    onFault: () => {
      app?.stepBack('fault');
      app?.problem('fault', faultProblem(app.state()));
    },
    onGiveUp: giveUp,
  });
  process.on('uncaughtException', faults.exception);
  process.on('unhandledRejection', faults.rejection);
  try {
    const diagnostics = createDiagnostics({
      clock: systemClock,
      ring,
      versions: versionsHere(null),
      processes: () => [],
      before: mark.before,
      program: () => programText(__dirname),
    });
    const helpers = forkHelpers(__dirname);
    app = await createApp({
      config,
      helpers,
      dataDir,
      clock: systemClock,
      log,
      sound: config.headlessSound
        ? {
            launch: helpers(SOUND_PROCESS),
            pages: null,
            microphoneAccess: null,
          }
        : null,
      userName: userName(),
      secrets: null,
      takesMessages: true,
      updater: null,
      diagnostics,
      onShutDown: () => setImmediate(end),
    });
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
    process.on('SIGHUP', end);
    // Whoever drove this is gone: hang up instead of falling over.
    process.stdout.on('error', end);
    app.steps.on(diagnostics.follow);
    await serve(app, config, log, end);
  } catch (error) {
    report(error);
    if (!(error instanceof ProblemError)) mark.stay();
    exitCode = 1;
    end();
  }
}

/**
 * Opens the line, tells what happens and obeys. Throws the problem that keeps the line from opening.
 * @param end is called when the line is closed before it was open
 */
async function serve(app: App, config: Config, log: Log, end: () => void): Promise<void> {
  // Calls may come in, and those of an earlier run come back, before all is open.
  let early: string[] | null = [];
  app.steps.on(({ event, after }) => {
    const told = eventLine(event, after);
    if (early === null) process.stdout.write(`${told}\n`);
    else early.push(told);
  });
  await app.open();
  const line = app.line();
  if (line === null) {
    const { problem } = app.state().line;
    if (problem !== null) throw new ProblemError(problem);
    return end();
  }
  print({
    event: 'listening',
    at: new Date(systemClock.now()).toISOString(),
    port: line.port,
    publicUrl: app.publicUrl(),
  });
  for (const told of early) process.stdout.write(`${told}\n`);
  early = null;
  if (config.target !== null)
    await obey(app, log, { id: null, command: 'dial', to: config.target });
  const input = createInterface({ input: process.stdin });
  input.on('line', text => {
    if (text.trim() !== '') void receive(app, log, text);
  });
}

async function receive(app: App, log: Log, text: string): Promise<void> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refuse(null, NOT_JSON);
  }
  if (typeof message !== 'object' || message === null) return refuse(null, NOT_JSON);
  await obey(app, log, message as Record<string, unknown>);
}

async function obey(
  app: App,
  log: Log,
  { id, ...command }: Record<string, unknown>,
): Promise<void> {
  try {
    const outcome = await app.run(command);
    if (!outcome.ok) return refuse(id, outcome.problem);
    print({ reply: id ?? null, ...outcome, ...namedAsOutside(outcome) });
  } catch (error) {
    log.error({ err: error }, 'a command failed');
    refuse(id, UNEXPECTED);
  }
}

/** What a command answers of calls and messages, as the headless contract names their fields. */
function namedAsOutside(outcome: Outcome): Record<string, unknown> {
  if ('watch' in outcome) return { calls: outcome.calls.map(accountCallJson) };
  if ('hits' in outcome) {
    return { hits: outcome.hits.map(({ call, ...found }) => ({ call: callJson(call), ...found })) };
  }
  if ('calls' in outcome) return { calls: outcome.calls.map(callJson) };
  return 'messages' in outcome ? { messages: outcome.messages.map(messageJson) } : {};
}

function refuse(id: unknown, problem: Problem): void {
  print({ reply: id ?? null, ok: false, problem });
}

const NOT_JSON: Problem = {
  kind: 'invalid-command',
  message: 'The line is not a JSON object.',
  remedy: 'Send one JSON object a line, such as {"id":1,"command":"calls"}.',
};

const UNEXPECTED: Problem = {
  kind: 'not-available',
  message: 'The command failed for a reason Earshot did not foresee. Calls go on.',
  remedy: 'Read the log on standard error.',
};

/** Tells why it did not start: whoever drives it is told what was foreseen. */
function report(error: unknown): void {
  process.stderr.write(startFailure(error));
  if (!(error instanceof ProblemError)) return;
  const at = new Date(systemClock.now()).toISOString();
  print({ event: 'problem-raised', at, problem: error.problem });
}

main().catch((error: unknown) => {
  report(error);
  process.exit(1);
});

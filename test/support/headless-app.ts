import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './until.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** One line of the headless contract. */
type Line = Readonly<Record<string, unknown>>;

/** A running headless app, driven as its contract says. */
export type HeadlessApp = {
  readonly process: ChildProcess;
  /** Every line so far. */
  readonly lines: readonly Line[];
  /** Everything on standard error so far. */
  readonly errors: () => string;
  /** Sends a command and waits for its reply. */
  readonly run: (command: Line) => Promise<Line>;
  /** Writes text to its standard input as it is. */
  readonly write: (text: string) => void;
  /** Waits for an event with these fields. */
  readonly event: (fields: Line) => Promise<Line>;
  /** Waits for the end. @returns the exit code, or the signal's name */
  readonly ended: Promise<number | string>;
};

/** Starts the built headless app. */
export function startHeadless(dataDir: string, env: Readonly<Record<string, string>>): HeadlessApp {
  const child = spawn(process.execPath, [join(PROJECT, 'out/main/headless.cjs')], {
    cwd: dataDir,
    env: { ...process.env, EARSHOT_DATA_DIR: dataDir, PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  let errors = '';
  let ids = 0;
  child.stderr.on('data', data => {
    errors += data;
  });
  createInterface({ input: child.stdout }).on('line', text => lines.push(JSON.parse(text)));
  const find = (fields: Line): Line | undefined =>
    lines.find(line => Object.entries(fields).every(([key, value]) => line[key] === value));
  const wanted = async (fields: Line): Promise<Line> => {
    await until(() => find(fields) !== undefined || child.exitCode !== null, 60_000);
    const line = find(fields);
    if (line === undefined)
      throw new Error(`it ended without ${JSON.stringify(fields)}: ${errors}`);
    return line;
  };
  return {
    process: child,
    lines,
    errors: () => errors,
    run: command => {
      ids += 1;
      child.stdin.write(`${JSON.stringify({ id: ids, ...command })}\n`);
      return wanted({ reply: ids });
    },
    write: text => child.stdin.write(text),
    event: wanted,
    ended: new Promise(resolve => {
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    }),
  };
}

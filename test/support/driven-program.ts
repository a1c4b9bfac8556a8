import type { ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { until } from './until.ts';

/** One line of a program's output. */
type Line = Readonly<Record<string, unknown>>;

/** A running program that is driven by JSON lines, as the headless contract says. */
export type DrivenProgram = {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
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

/** How long a line is waited for. */
const LIMIT_MS = 60_000;

/** Drives a program that was just started. */
export function drive(child: DrivenProgram['process']): DrivenProgram {
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
    await until(() => find(fields) !== undefined || child.exitCode !== null, LIMIT_MS);
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

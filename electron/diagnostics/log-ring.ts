import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import { type ToldError, toldError } from './told-error.ts';

/** How many lines are remembered. */
const LINES = 2000;

/** Longest sentence that is looked at. */
const LONGEST = 200;

/** Fields whose numbers and switches are told. A number that is longer might be somebody's telephone. */
const TOLD_FIELDS = [
  'code',
  'status',
  'crashes',
  'tries',
  'retry',
  'frames',
  'dropped',
  'ends',
  'newStarts',
  'running',
  'needed',
  'loading',
  'on',
] as const;
const LONGEST_NUMBER = 99_999;

type Level = 'debug' | 'info' | 'warn' | 'error';

/** A line of the log, as far as it may be told. Its sentence is only told when the program itself has it. */
type LogLine = {
  readonly at: number;
  readonly level: Level;
  readonly sentence: string;
  readonly fields: Readonly<Record<string, number | boolean>>;
  readonly error: ToldError | null;
};

/** The last lines of the log. */
export type LogRing = {
  /** Oldest first. */
  readonly lines: () => readonly LogLine[];
  readonly take: (level: Level, words: readonly unknown[]) => void;
};

/** Makes an empty one, for this run only: nothing of it is written anywhere. */
export function createLogRing(clock: Pick<Clock, 'now'>): LogRing {
  const lines: LogLine[] = [];
  return {
    lines: () => lines,
    take: (level, words) => {
      const [first, second] = words;
      const sentence = typeof first === 'string' ? first : second;
      lines.push({
        at: clock.now(),
        level,
        sentence: typeof sentence === 'string' ? sentence.slice(0, LONGEST) : '',
        fields: fieldsOf(first),
        error: errorOf(first),
      });
      if (lines.length > LINES) lines.shift();
    },
  };
}

/** The same log, with a memory. Lines are remembered at every level but `debug`, printed or not. */
export function remembered(log: Log, ring: LogRing): Log {
  const level = (name: Level) => {
    const write: (...words: readonly unknown[]) => void = log[name].bind(log);
    return (...words: readonly unknown[]): void => {
      if (name !== 'debug') ring.take(name, words);
      write(...words);
    };
  };
  return {
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
  };
}

function fieldsOf(words: unknown): LogLine['fields'] {
  if (typeof words !== 'object' || words === null) return {};
  const told: Record<string, number | boolean> = {};
  for (const name of TOLD_FIELDS) {
    const value: unknown = Reflect.get(words, name);
    if (typeof value === 'boolean') told[name] = value;
    if (typeof value === 'number' && Math.abs(value) <= LONGEST_NUMBER) told[name] = value;
  }
  return told;
}

function errorOf(words: unknown): ToldError | null {
  if (words instanceof Error) return toldError(words);
  if (typeof words !== 'object' || words === null) return null;
  const error: unknown = Reflect.get(words, 'err') ?? Reflect.get(words, 'error');
  return error instanceof Error ? toldError(error) : null;
}

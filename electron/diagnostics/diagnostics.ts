import { strToU8, zipSync } from 'fflate';
import type { Clock } from '../core/clock.ts';
import type { ToldEvent } from '../core/events.ts';
import type { Problem } from '../core/problem.ts';
import type { ConsoleState } from '../core/state.ts';
import type { LogRing } from './log-ring.ts';
import { ownSentences } from './own-sentences.ts';
import type { BrokenRun } from './run-mark.ts';
import { toldSettings } from './told-settings.ts';
import { type ToldProblem, toldProblem, toldState } from './told-state.ts';
import type { Versions } from './versions.ts';

/** How many problems that came and went are remembered. */
const PROBLEMS = 500;

/** A process of this app, as the runtime tells it. */
type ToldProcess = {
  readonly type: string;
  readonly cpuPercent: number;
  readonly memoryKb: number;
};

type DiagnosticsPorts = {
  readonly clock: Pick<Clock, 'now'>;
  readonly ring: LogRing;
  readonly versions: Versions;
  readonly processes: () => readonly ToldProcess[];
  /** The run before this one, if it did not end in order. */
  readonly before: BrokenRun | null;
  /** The text of the program: the log's sentences are only told when they stand there. */
  readonly program: () => string;
};

/** What helps others to find a fault, without a word about anybody. */
export type Diagnostics = {
  /** Remembers problems as they come and go. */
  readonly follow: (step: { readonly event: ToldEvent }) => void;
  /** Remembers that a process of this app ended: its type and the reason, as the runtime names them. */
  readonly processGone: (type: string, reason: string) => void;
  /** What is told of the run before this one at the start; null when it ended in order. */
  readonly note: Problem | null;
  /** A zip of all that may be told. */
  readonly pack: (state: ConsoleState) => Uint8Array;
};

type PastProblem = { readonly at: number } & ToldProblem;

/** Words the runtime has for processes and how they end, such as `Utility` and `abnormal-exit`. */
const WORD = /^[A-Za-z][A-Za-z -]{0,40}$/;

/** Collects it. Every field is named here or in what it calls: what is not named is not told. */
export function createDiagnostics(ports: DiagnosticsPorts): Diagnostics {
  const { clock, ring, before } = ports;
  const startedAt = clock.now();
  const problems: PastProblem[] = [];
  const gone: object[] = [];

  const files = (state: ConsoleState): Record<string, object> => {
    const sentence = ownSentences(ports.program());
    return {
      'about.json': { madeAt: clock.now(), startedAt, versions: ports.versions },
      'settings.json': toldSettings(state.settings),
      'state.json': toldState(state, clock.now()),
      'problems.json': problems,
      'processes.json': { now: ports.processes(), gone },
      'run-before.json': { brokeOff: before !== null, faults: before?.faults ?? [] },
      'log.json': ring.lines().map(line => ({ ...line, sentence: sentence(line.sentence) })),
    };
  };

  return {
    follow: ({ event }) => {
      if (event.event !== 'problem-raised') return;
      problems.push({ at: event.at, ...toldProblem(event.problem) });
      if (problems.length > PROBLEMS) problems.shift();
    },
    processGone: (type, reason) => {
      const isKnown = WORD.test(type) && WORD.test(reason);
      gone.push(isKnown ? { at: clock.now(), type, reason } : { at: clock.now() });
      if (gone.length > PROBLEMS) gone.shift();
    },
    note: before === null ? null : NOTE,
    pack: state => {
      const written = Object.entries(files(state)).map(
        ([name, content]) => [name, strToU8(`${JSON.stringify(content, null, 2)}\n`)] as const,
      );
      return zipSync({ 'README.txt': strToU8(README), ...Object.fromEntries(written) });
    },
  };
}

const NOTE: Problem = {
  kind: 'ended-badly',
  message: 'Earshot did not end in order the last time. The calls of then are in the history.',
  remedy:
    'If it happens again, save the diagnostics in Settings, About, and send them to whoever helps you.',
};

const README = `What Earshot says of itself to whoever looks for a fault.

about.json       versions and the kind of system
settings.json    choices; of numbers, names, texts and addresses only whether there are any
state.json       how the line, the sound and the calls stand
problems.json    problems of this run: their kind and code
processes.json   processes of this app, and those that ended
run-before.json  whether the run before ended in order
log.json         the last lines of the log: sentences of the program itself

No number, name, word of a call or message, key, token, address or file name is in here.
`;

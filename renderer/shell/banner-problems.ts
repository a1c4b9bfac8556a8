import type { CallId } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { Problem, ProblemKind } from '../../electron/core/problem.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { Refusal } from '../state/refusals.ts';
import { modeProblemOf } from '../supervision/mode-problem.ts';
import { nextTryWords, unreachable } from '../words/line-words.ts';
import { spellLength } from '../words/times.ts';

/** An act that helps with a problem. */
export type Remedy =
  | 'retry-sound'
  | 'another-port'
  | 'sound-settings'
  | 'line-settings'
  | 'retry-tunnel'
  | 'test-line'
  | 'how-to-fix'
  | 'new-token'
  | 'take-number'
  | 'leave-number';

/** A problem in the banner. */
export type BannerProblem = {
  readonly id: string;
  readonly problem: Problem;
  /** The same with what changes each second, for the eye only. */
  readonly ticking?: string;
  /** Acts that help, the main one first. */
  readonly remedies: readonly Remedy[];
  /** A refusal lives in the window, a standing problem in the state. */
  readonly source: 'refusal' | 'state' | 'line';
};

const REMEDIES: Partial<Readonly<Record<ProblemKind, readonly Remedy[]>>> = {
  'port-taken': ['another-port'],
  'sound-missing': ['retry-sound'],
  'sound-busy': ['retry-sound'],
  'sound-lost': ['retry-sound'],
  'sound-hung': ['retry-sound'],
  'sound-unavailable': ['retry-sound'],
  'sound-unplugged': ['retry-sound', 'sound-settings'],
  'microphone-denied': ['retry-sound', 'sound-settings'],
  'line-down': ['line-settings'],
  'twilio-unreachable': ['line-settings'],
  'webhook-failed': ['line-settings'],
  'credentials-refused': ['new-token'],
  'not-reachable': ['test-line', 'how-to-fix'],
  'tunnel-down': ['retry-tunnel', 'how-to-fix'],
  'tunnel-refused': ['line-settings'],
  'account-unreadable': ['line-settings'],
};

type Seen = Pick<ConsoleState, 'problems' | 'line' | 'calls'>;

/**
 * What the banner shows: what was just refused, the line, then what stands, newest first; each message once.
 * @param numberTaken another desk took our number's calls, and nobody here has settled it
 * @param toldInCall the call on screen, if what goes wrong with its modes is told above them
 */
export function bannerProblems(
  state: Seen,
  refusals: readonly Refusal[],
  now: number,
  numberTaken = false,
  toldInCall: CallId | null = null,
): readonly BannerProblem[] {
  const { problems, line } = state;
  const out = unreachableProblem(state, now);
  const known = out === null ? undefined : unreachable(line)?.problem?.message;
  const taken = numberTaken || problems.some(({ problem }) => problem.kind === 'number-elsewhere');
  const told = modeProblemOf(toldInCall, state);
  const standing = problems
    .filter(entry => entry.problem.kind !== 'number-elsewhere' && entry !== told)
    .sort((a, b) => b.at - a.at);
  const all: BannerProblem[] = [
    ...refusals.map(refusal => ({ ...refusal, source: 'refusal' as const })),
    // Before all that stands: nothing works without it, and it must not move under the pointer.
    ...(line.problem === null
      ? []
      : [{ id: 'line', problem: line.problem, source: 'line' as const }]),
    ...standing.map(({ id, problem }) => ({ id, problem, source: 'state' as const })),
  ]
    .filter(({ problem }) => problem.message !== known)
    .map(entry => ({ ...entry, remedies: REMEDIES[entry.problem.kind] ?? [] }));
  const ofLine = [out, taken ? takenProblem(line) : null].filter(entry => entry !== null);
  const refused = all.filter(({ source }) => source === 'refusal');
  const rest = all.filter(({ source }) => source !== 'refusal');
  return [...refused, ...ofLine, ...rest].filter(
    (entry, index, shown) =>
      shown.findIndex(other => other.problem.message === entry.problem.message) === index,
  );
}

/** Twilio does not reach this computer: since when, what still works, and when it is tried again. */
function unreachableProblem({ line, calls }: Seen, now: number): BannerProblem | null {
  const out = unreachable(line);
  if (out === null) return null;
  const sounding = calls.filter(call => call.status === 'live' && call.stream).length;
  const works =
    sounding === 0
      ? 'New calls cannot ring here.'
      : `New calls cannot ring here; sound of ${sounding === 1 ? '1 live call' : `${sounding} live calls`} still arrives.`;
  const since = out.since === null ? '' : ` for ${spellLength(now - out.since)}`;
  const code = out.problem?.code;
  return {
    id: 'unreachable',
    problem: {
      kind: 'not-reachable',
      message: `Twilio cannot reach this computer. ${works}`,
      remedy: '',
      ...(code === undefined ? {} : { code }),
    },
    ticking: [
      `Twilio could not reach this computer${since}. ${works}`,
      nextTryWords(out.retryAt, now),
    ]
      .join(' ')
      .trim(),
    remedies: [out.retry === 'tunnel' ? 'retry-tunnel' : 'test-line', 'how-to-fix'],
    source: 'line',
  };
}

function takenProblem({ number }: ConsoleState['line']): BannerProblem {
  const ours = number === null ? 'your number' : formatPhoneNumber(number);
  return {
    id: 'number-taken',
    problem: {
      kind: 'number-elsewhere',
      message: `Another Earshot answers ${ours}.`,
      remedy: 'Calls ring there; calling out works here.',
    },
    remedies: ['take-number', 'leave-number'],
    source: 'line',
  };
}

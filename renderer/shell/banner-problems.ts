import type { Problem, ProblemKind } from '../../electron/core/problem.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { Refusal } from '../state/refusals.ts';

/** The one act that helps with a problem. */
export type Remedy = 'retry-sound' | 'another-port' | 'sound-settings' | 'line-settings' | null;

/** A problem in the banner. */
export type BannerProblem = {
  readonly id: string;
  readonly problem: Problem;
  readonly remedy: Remedy;
  /** A refusal lives in the window, a standing problem in the state. */
  readonly source: 'refusal' | 'state' | 'line';
};

const REMEDIES: Partial<Readonly<Record<ProblemKind, Remedy>>> = {
  'port-taken': 'another-port',
  'sound-missing': 'retry-sound',
  'sound-busy': 'retry-sound',
  'sound-lost': 'retry-sound',
  'sound-hung': 'retry-sound',
  'sound-unavailable': 'retry-sound',
  'microphone-denied': 'sound-settings',
  'line-down': 'line-settings',
  'twilio-unreachable': 'line-settings',
  'webhook-failed': 'line-settings',
};

/** What the banner shows, newest first: what was just refused, then what stands; each message once. */
export function bannerProblems(
  { problems, line }: Pick<ConsoleState, 'problems' | 'line'>,
  refusals: readonly Refusal[],
): readonly BannerProblem[] {
  const standing = [...problems].sort((a, b) => b.at - a.at);
  const all: BannerProblem[] = [
    ...refusals.map(refusal => ({ ...refusal, source: 'refusal' as const })),
    ...standing.map(({ id, problem }) => ({ id, problem, source: 'state' as const })),
    ...(line.problem === null
      ? []
      : [{ id: 'line', problem: line.problem, source: 'line' as const }]),
  ].map(entry => ({ ...entry, remedy: REMEDIES[entry.problem.kind] ?? null }));
  return all.filter(
    (entry, index) =>
      all.findIndex(other => other.problem.message === entry.problem.message) === index,
  );
}

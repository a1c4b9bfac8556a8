import type { Call } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { shortName } from '../words/names.ts';

/** The steps of the first run, in their order. */
export const STEPS = ['line', 'sound', 'call'] as const;

/** One step of the first run. */
export type Step = (typeof STEPS)[number];

/** How far a step is, as its heading says. */
export type StepMark = 'done' | 'now' | 'next';

/** What a person has done in the steps, beside what the state tells. */
export type FirstRun = {
  readonly step: Step;
  /** Steps the person has gone through. */
  readonly passed: readonly Step[];
  /** True once the test voice was asked for. */
  readonly played: boolean;
};

/** Where the first run begins. */
export const FIRST_STEP: FirstRun = { step: 'line', passed: [], played: false };

/** Whether the first steps are on screen where no call is: until they are finished or skipped. */
export function showsFirstRun({ settings }: Pick<ConsoleState, 'settings'>): boolean {
  return !settings.setUpDone;
}

/** The mark of a step. The last is done once a call was answered and is over. */
export function stepMark(run: FirstRun, step: Step, calls: readonly Call[]): StepMark {
  if (step === 'call' && firstCall(calls) !== null) return 'done';
  if (step === run.step) return 'now';
  return run.passed.includes(step) ? 'done' : 'next';
}

/** Goes on to the next step, or stays at the last. */
export function goOn(run: FirstRun): FirstRun {
  const at = STEPS.indexOf(run.step);
  const passed = run.passed.includes(run.step) ? run.passed : [...run.passed, run.step];
  return { ...run, passed, step: STEPS[at + 1] ?? run.step };
}

/** Goes to a step. */
export function goToStep(run: FirstRun, step: Step): FirstRun {
  return { ...run, step };
}

/** The first call of this run that was answered and is over. */
export function firstCall(calls: readonly Call[]): Call | null {
  return calls.find(call => call.status === 'ended' && call.answeredAt !== null) ?? null;
}

/** What became of the first call, as a sentence. */
export function firstCallWords(call: Call): string {
  const name = shortName(call.them);
  return call.direction === 'inbound'
    ? `You answered ${name}, and the call is over. That is all there is to it.`
    : `${name} answered you, and the call is over. That is all there is to it.`;
}

import type { Command, CommandName } from '../../electron/core/commands.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { ask } from '../earshot.ts';
import { createStore } from './store.ts';

/** A command that was refused, shown until dismissed. */
export type Refusal = { readonly id: string; readonly problem: Problem };

const REFUSALS_KEPT = 5;
let count = 0;

/** Refusals not dismissed yet, newest first. */
export const refusals = createStore<readonly Refusal[]>([]);

/** Shows a refusal in the banner; the same words are shown once. */
export function addRefusal(problem: Problem): void {
  count += 1;
  const others = refusals.get().filter(refusal => refusal.problem.message !== problem.message);
  refusals.set([{ id: `refusal-${count}`, problem }, ...others].slice(0, REFUSALS_KEPT));
}

/** Takes a refusal off the banner. */
export function dismissRefusal(id: string): void {
  refusals.set(refusals.get().filter(refusal => refusal.id !== id));
}

/** Asks for a command whose effect is seen elsewhere; a refusal goes to the banner. */
export function act<Name extends CommandName>(command: Extract<Command, { command: Name }>): void {
  void ask<Name>(command).then(outcome => {
    if (!outcome.ok) addRefusal(outcome.problem);
  });
}

import { consoleStore } from '../earshot.ts';
import { act } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { isTaken } from './is-taken.ts';

/** True while another desk has our number's calls that rang here before, and nobody has settled it. */
export const numberTaken = createStore(false);

/** Notices that another desk takes the number's calls; returns how to stop. */
export function followPointing(): () => void {
  let before = consoleStore.get().line.pointing.to;
  return consoleStore.subscribe(() => {
    const after = consoleStore.get().line.pointing.to;
    if (after === before) return;
    numberTaken.set(isTaken(numberTaken.get(), before, after));
    before = after;
  });
}

/** Leaves the calls at the other desk; they are not asked about again. */
export function leaveNumber(): void {
  numberTaken.set(false);
  for (const { id, problem } of consoleStore.get().problems) {
    if (problem.kind === 'number-elsewhere') act({ command: 'dismiss-problem', problemId: id });
  }
}

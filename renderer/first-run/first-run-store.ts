import { act } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { FIRST_STEP } from './steps.ts';

/** Where the first run stands. Kept here so that a call on screen does not begin it again. */
export const firstRunStore = createStore(FIRST_STEP);

/** Finishes or skips the first steps. */
export function finishFirstRun(): void {
  firstRunStore.set(FIRST_STEP);
  act({ command: 'change-settings', settings: { setUpDone: true } });
}

import type { ConsoleState } from '../../electron/core/state.ts';
import { consoleStore } from '../earshot.ts';
import { useStore } from './use-store.ts';

/** Part of the console's state. `select` must return values of the state, not new objects. */
export function useConsole<Part>(select: (state: ConsoleState) => Part): Part {
  return useStore(consoleStore, select);
}

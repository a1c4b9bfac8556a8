import type { Page } from 'playwright-core';
import type { ConsoleState } from '../../electron/core/state.ts';

/** What a command of the page came to. */
type Answer = { readonly ok: boolean; readonly problem?: { readonly kind: string } };

type Bridge = {
  readonly run: (command: unknown) => Promise<Answer>;
  readonly saveAs: (name: string) => Promise<string | null>;
  readonly snapshot: () => Promise<ConsoleState>;
};

/** Asks for something as a page does that was taken over: past everything the window shows. */
export function runFromPage(page: Page, command: unknown): Promise<Answer> {
  return page.evaluate(
    asked => (window as unknown as { earshot: Bridge }).earshot.run(asked),
    command,
  );
}

/** Asks for the system's save sheet as the page does. */
export function saveAsFromPage(page: Page, name: string): Promise<string | null> {
  return page.evaluate(
    asked => (window as unknown as { earshot: Bridge }).earshot.saveAs(asked),
    name,
  );
}

/** The state as the page is told it. */
export function stateOfPage(page: Page): Promise<ConsoleState> {
  return page.evaluate(() => (window as unknown as { earshot: Bridge }).earshot.snapshot());
}

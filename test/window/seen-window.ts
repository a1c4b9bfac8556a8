import { expect } from 'vitest';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { look } from '../support/look.ts';
import { hasVirtualSoundCard, openVirtualSoundCard } from '../support/virtual-sound-card.ts';
import { runFromPage } from './from-page.ts';

/** The window whose views are looked at. */
type SeenWindow = Pick<ConsoleWindow, 'page'> & {
  /** Looks at what is on screen in both themes, at both sizes. */
  readonly view: (name: string) => Promise<void>;
};

/** Opens the window on the practice line, with sound where there is some, and closes it in the end. */
export async function withSeenWindow(
  settings: Parameters<typeof settledFolder>[0],
  walk: (seen: SeenWindow) => Promise<void>,
): Promise<void> {
  const data = await settledFolder(settings);
  const card = hasVirtualSoundCard() ? await openVirtualSoundCard() : null;
  const console = await openConsole(data.path, card?.env);
  const view = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await runFromPage(console.page, { command: 'change-settings', settings: { theme } });
      // The page is told a moment later.
      await console.page.waitForFunction(
        isDark => matchMedia('(prefers-color-scheme: dark)').matches === isDark,
        theme === 'dark',
      );
      expect(await look(console, `${name}-${theme}`)).toEqual([]);
    }
  };
  try {
    await console.page.locator('.line-status[data-line=ready]').waitFor();
    await walk({ page: console.page, view });
  } finally {
    await console.kill();
    await card?.close();
    await data.remove();
  }
}

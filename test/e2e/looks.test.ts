import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { hasVirtualSoundCard, openVirtualSoundCard } from '../support/virtual-sound-card.ts';
import { look } from './look.ts';

let console: ConsoleWindow | undefined;

afterEach(async () => {
  await console?.kill();
  console = undefined;
});

async function view(name: string): Promise<void> {
  if (console !== undefined) expect(await look(console, name)).toEqual([]);
}

describe('every view', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible and nothing of it is cut off, ${theme}`, async () => {
      const data = await settledFolder();
      const card = hasVirtualSoundCard() ? await openVirtualSoundCard() : null;
      console = await openConsole(data.path, card?.env);
      const { page, app } = console;
      await app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, theme);
      await page.locator('.line-status[data-line=ready]').waitFor();
      await view(`idle-${theme}`);
      await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
      await view(`ringing-${theme}`);
      await page.getByRole('button', { name: 'Answer', exact: true }).click();
      await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
      await wait(4000);
      await view(`live-${theme}`);
      await page.getByRole('button', { name: 'Dial, search or command' }).click();
      await page.locator('[cmdk-input]').fill('415 555 01');
      await view(`palette-${theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Hang up', exact: true }).click();
      await page.getByText('You hung up.').waitFor();
      await page.getByRole('button', { name: 'History' }).click();
      await page.locator('[data-list=history] [role=option]').first().click();
      await view(`history-${theme}`);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Play a voice').waitFor();
      await wait(1000);
      await view(`settings-${theme}`);
      await page.getByRole('button', { name: 'Line', exact: true }).click();
      await view(`settings-line-${theme}`);
      await page.getByRole('button', { name: 'Calls', exact: true }).last().click();
      await view(`settings-calls-${theme}`);
      await console.kill();
      await card?.close();
      await data.remove();
    });
  }
});

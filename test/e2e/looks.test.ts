import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { hasVirtualSoundCard, openVirtualSoundCard } from '../support/virtual-sound-card.ts';

/** Pictures of every view, to be looked at; not compared by machine. */
const PICTURES = join(import.meta.dirname, '../../out/pictures');

const SIZES = [
  [1280, 800],
  [900, 600],
] as const;

let console: ConsoleWindow | undefined;

afterEach(async () => {
  await console?.kill();
  console = undefined;
});

async function view(page: Page, name: string): Promise<void> {
  const results = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(results.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  for (const [width, height] of SIZES) {
    await resize(width, height);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
  }
  await resize(1280, 800);
}

async function resize(width: number, height: number): Promise<void> {
  await console?.app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await wait(300);
}

describe('every view', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible and nothing of it is cut off, ${theme}`, async () => {
      await mkdir(PICTURES, { recursive: true });
      const data = await settledFolder();
      const card = hasVirtualSoundCard() ? await openVirtualSoundCard() : null;
      console = await openConsole(data.path, card?.env);
      const { page, app } = console;
      await app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, theme);
      await page.locator('.line-status[data-line=ready]').waitFor();
      await view(page, `idle-${theme}`);
      await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
      await view(page, `ringing-${theme}`);
      await page.getByRole('button', { name: 'Answer', exact: true }).click();
      await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
      await wait(9000);
      await view(page, `live-${theme}`);
      await page.getByRole('button', { name: 'Dial, search or command' }).click();
      await page.locator('[cmdk-input]').fill('415 555 01');
      await view(page, `palette-${theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Hang up', exact: true }).click();
      await page.getByText('You hung up.').waitFor();
      await page.getByRole('button', { name: 'History' }).click();
      await page.locator('[data-list=history] [role=option]').first().click();
      await view(page, `history-${theme}`);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Play a voice').waitFor();
      await wait(1000);
      await view(page, `settings-${theme}`);
      await console.kill();
      await card?.close();
      await data.remove();
    });
  }
});

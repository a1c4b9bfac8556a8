import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { runFromPage, stateOfPage } from './from-page.ts';

const PROJECT = join(import.meta.dirname, '../..');

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;
let page: Page;

beforeAll(async () => {
  data = await settledFolder({ practiceRing: false });
  console = await openConsole(data.path, { EARSHOT_LINE: 'practice' });
  ({ page } = console);
  await page.locator('[data-reach]').first().waitFor();
});

afterAll(async () => {
  await console?.kill();
  await data?.remove();
});

const field = () => page.locator('[cmdk-input]');

/** Opens a link as a second start does. */
function open(link: string): Promise<void> {
  return console.app.evaluate(({ app }, word) => {
    app.emit('second-instance', {}, ['earshot', '--flag', word], '/', {});
  }, link);
}

/** The numbers that were dialled. */
async function dialled(): Promise<readonly string[]> {
  const { calls } = await stateOfPage(page);
  return calls.filter(call => call.direction === 'outbound').map(({ them }) => them.number);
}

/** Presses Enter in the palette in the very moment a number stands there, as somebody who was typing. */
function enterAtOnce(): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>(resolve => {
        const look = (): void => {
          const input = document.querySelector<HTMLInputElement>('[cmdk-input]');
          if (input === null || input.value === '') return void requestAnimationFrame(look);
          const enter = { key: 'Enter', bubbles: true, cancelable: true };
          input.dispatchEvent(new KeyboardEvent('keydown', enter));
          resolve();
        };
        look();
      }),
  );
}

describe.skipIf(isPackaged)('links to telephone numbers', () => {
  it('do nothing until they are switched on, nor afterwards when they came before', async () => {
    await open('tel:+14155550199');
    await runFromPage(page, { command: 'change-settings', settings: { openTelLinks: true } });
    await open('tel:*21*14155550107#');
    expect(await field().count()).toBe(0);
    const pressed = enterAtOnce();
    await open('tel:+1-415-555-0107;ext=12');
    await pressed;
    await expect.poll(() => field().inputValue()).toMatch(/^\+1\D*415\D*555\D*0107$/);
    await page.getByText('extension 12').waitFor();
  });

  it('only fill the palette, where an Enter that came at once called nobody', async () => {
    expect(await dialled()).toEqual([]);
  });

  it('take the place of nothing that is typed: they are a line to pick', async () => {
    await field().fill('415 555 01');
    await open('tel:+14155550180');
    const line = page.locator('.palette-line[data-kind=offered]');
    await expect.poll(() => line.textContent()).toContain('Use +1 415 555 0180 from the link');
    expect(await field().inputValue()).toBe('415 555 01');
    expect(await page.locator('.palette-line').last().getAttribute('data-kind')).toBe('offered');
    await expect
      .poll(async () => {
        await line.click({ timeout: 1000 }).catch(() => {});
        return (await field().inputValue()).replace(/\D/g, '');
      })
      .toBe('14155550180');
    expect(await line.count()).toBe(0);
    expect(await dialled()).toEqual([]);
  });

  it('are dialled by the person alone', async () => {
    await page.keyboard.press('Enter');
    await expect.poll(dialled).toEqual(['+14155550180']);
    await page.getByRole('button', { name: 'Hang up', exact: true }).click();
  });
});

describe.skipIf(isPackaged)('a second start', () => {
  it('ends by itself and hands its link to the first, whose window stays', async () => {
    const electron = process.env['EARSHOT_ELECTRON'] ?? '';
    const switches = (process.env['EARSHOT_ELECTRON_SWITCHES'] ?? '').split(' ').filter(Boolean);
    const words = [...switches, PROJECT, 'tel:+14155550107'];
    const env = { ...process.env, PORT: '0', EARSHOT_DATA_DIR: data.path };
    const second = spawn(electron, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr.on('data', chunk => {
      said += chunk;
    });
    expect(await once(second, 'exit')).toEqual([0, null]);
    expect(said).toContain('Earshot is already open');
    await expect.poll(() => field().inputValue()).toMatch(/0107$/);
    const windows = await console.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(window => window.isVisible()),
    );
    expect(windows).toEqual([true]);
    await page.keyboard.press('Escape');
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { look } from '../support/look.ts';
import { hasVirtualSoundCard, openVirtualSoundCard } from '../support/virtual-sound-card.ts';

let console: ConsoleWindow | undefined;

afterEach(async () => {
  await console?.kill();
  console = undefined;
});

/** Looks at a view in both themes. */
async function view(name: string): Promise<void> {
  if (console === undefined) return;
  for (const theme of ['light', 'dark'] as const) {
    await console.app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
    expect(await look(console, `${name}-${theme}`)).toEqual([]);
  }
}

/** Ends the call on screen. */
async function hangUp(): Promise<void> {
  await console?.page.getByRole('button', { name: 'Hang up', exact: true }).click();
  await console?.page.getByText('You hung up.').waitFor();
}

describe('every view', () => {
  it('is accessible and nothing of it is cut off, light and dark', async () => {
    const data = await settledFolder();
    const card = hasVirtualSoundCard() ? await openVirtualSoundCard() : null;
    console = await openConsole(data.path, card?.env);
    const { page } = console;
    await page.locator('.line-status[data-line=ready]').waitFor();
    await view('idle');
    await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
    await view('ringing');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    await page.keyboard.press('r');
    await wait(4000);
    await view('live');
    await page.getByRole('button', { name: 'Dial, search or command' }).click();
    await page.locator('[cmdk-input]').fill('415 555 01');
    await view('palette');
    await page.locator('[cmdk-input]').fill('415 555 0106');
    await page.keyboard.press('Enter');
    await page.locator('.rows [data-status=live]').waitFor();
    await page.locator('.rows [data-status=held]').click();
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByRole('button', { name: 'Only this call' }).click();
    await page.keyboard.press('d');
    await page.getByLabel('Digits sent').waitFor();
    await page.keyboard.press('5');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Sound of this call/ }).click();
    await view('quality');
    await page.keyboard.press('Escape');
    const overview = page.getByRole('slider', { name: 'Go back in this call' });
    await overview.click({ position: { x: 40, y: 20 } });
    await page.getByRole('button', { name: 'Jump to live' }).waitFor();
    await view('rewound');
    await hangUp();
    await page.getByRole('option', { name: /Northwind/ }).click();
    await hangUp();
    await page.locator('.rail [data-view=history]').click();
    await page.getByRole('option', { name: /Northwind/ }).click();
    await view('not-recorded');
    await page.getByRole('option', { name: /Dana/ }).click();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Look nearer' }).click();
    await page.getByRole('button', { name: 'Delete recording' }).click();
    await view('player');
    await page.locator('.rail [data-view=settings]').click();
    await page.getByText('Play a voice').waitFor();
    await wait(1000);
    await view('settings');
    await page.getByRole('button', { name: 'Line', exact: true }).click();
    await view('settings-line');
    await page.getByRole('button', { name: 'Recording', exact: true }).click();
    await view('settings-recording');
    await page.getByRole('button', { name: 'Calls', exact: true }).last().click();
    await view('settings-calls');
    await console.kill();
    await card?.close();
    await data.remove();
  });

  it('of calls of others is so, too', async () => {
    const data = await settledFolder({ deskName: 'Robin' });
    const card = hasVirtualSoundCard() ? await openVirtualSoundCard() : null;
    console = await openConsole(data.path, card?.env);
    const { page } = console;
    await page.locator('.line-status[data-line=ready]').waitFor();
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.locator('.rail [data-view=wall]').click();
    await view('wall-empty');
    await page.getByRole('button', { name: 'Let two people talk' }).click();
    await page.getByRole('gridcell', { name: /Maria/ }).waitFor();
    await page.getByRole('gridcell', { name: /Maria/ }).dblclick({ position: { x: 40, y: 10 } });
    await page.locator('main.panel[data-account-call]').waitFor();
    await view('account-call');
    await page.locator('.call-acts button').click();
    await page.getByText('You hear Dana and Maria. Nobody hears you.').waitFor();
    await page.keyboard.press('w');
    await page.getByText('Hold Space to whisper to Maria').waitFor();
    await view('whisper');
    await page.keyboard.press('b');
    await page.getByText('Hold Space or press M to speak to').waitFor();
    await page.keyboard.press('m');
    await page.locator('.reach-frame').waitFor();
    await view('barge');
    await page.locator('.rail [data-view=wall]').click();
    await view('wall');
    await page.locator('.rail [data-view=history]').click();
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await page.getByText('began to whisper').waitFor();
    await view('audit');
    await page.locator('.rail [data-view=settings]').click();
    await page.getByRole('button', { name: 'Supervision', exact: true }).click();
    await view('settings-supervision');
    await console.kill();
    await card?.close();
    await data.remove();
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { withSeenWindow } from './seen-window.ts';

/** Ends the call on screen. */
async function hangUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Hang up', exact: true }).click();
  await page.getByText('You hung up.').waitFor();
}

it('every view is accessible and nothing of it is cut off, light and dark', async () => {
  await withSeenWindow({}, async ({ page, view }) => {
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
    await hangUp(page);
    await page.getByRole('option', { name: /Northwind/ }).click();
    await hangUp(page);
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
    await page.getByRole('button', { name: 'Transcripts', exact: true }).click();
    await view('settings-transcripts');
    await page.getByRole('button', { name: 'About', exact: true }).click();
    await view('settings-about');
    await page.getByRole('button', { name: 'Licences', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search licences' }).waitFor();
    await view('licences');
  });
});

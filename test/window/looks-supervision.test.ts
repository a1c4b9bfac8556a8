import { it } from 'vitest';
import { withSeenWindow } from './seen-window.ts';

it('every view of calls of others is accessible and nothing of it is cut off, light and dark', async () => {
  await withSeenWindow({ deskName: 'Robin' }, async ({ page, view }) => {
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
  });
});

import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { look } from '../support/look.ts';

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow | undefined;

beforeEach(async () => {
  data = await settledFolder();
});

afterEach(async () => {
  await console?.kill();
  console = undefined;
  await data.remove();
});

/** Waits until a lane of the waveform shows something loud: bars away from its middle. */
async function waveformMoves(page: Page, side: 'them' | 'us'): Promise<void> {
  await page.waitForFunction(which => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      `main canvas[data-waveform="${which}"]`,
    );
    const context = canvas?.getContext('2d');
    if (!canvas || !context || canvas.width === 0) return false;
    const upper = context.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.4));
    return upper.data.some((value, i) => i % 4 === 3 && value > 0);
  }, side);
}

/** Whether the main process takes the talk key for held. */
function heldKey(page: Page): Promise<boolean> {
  return page
    .evaluate(async () => {
      const { earshot } = window as unknown as {
        earshot: { snapshot: () => Promise<{ talkKeyHeld: boolean }> };
      };
      return (await earshot.snapshot()).talkKeyHeld;
    })
    .catch(() => heldKey(page));
}

const reach = (page: Page) => page.locator('.reach[data-reach]');

describe('the main job in the window', () => {
  it('rings at the start, is answered, seen, hung up, and is in the history after a restart', async () => {
    console = await openConsole(data.path);
    let { page } = console;
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(page, 'them');
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    await page.getByRole('button', { name: 'Hang up', exact: true }).click();
    await page.getByText('You hung up.').waitFor();
    await console.quit();

    console = await openConsole(data.path);
    ({ page } = console);
    await page.getByRole('button', { name: 'History' }).click();
    const rows = page.locator('[data-list=history] [role=option]');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('Dana Reyes');
  });

  it('dials another practice number from the keypad, sends key tones, mutes and holds', async () => {
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.getByRole('button', { name: 'Dial, search or command' }).click();
    await page.getByRole('button', { name: 'Dial pad' }).click();
    for (const key of '4155550107') {
      await page.getByRole('button', { name: new RegExp(`^${key}( |$)`) }).click();
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    await waveformMoves(page, 'them');

    await page.getByRole('button', { name: 'Keypad' }).click();
    await page.keyboard.press('5');
    await page.keyboard.press('Escape');
    await waveformMoves(page, 'us');

    const mute = page.getByRole('button', { name: 'Mute', exact: true });
    await mute.click();
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('true');
    await mute.click();
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await expect.poll(() => reach(page).getAttribute('data-reach')).toBe('nobody');
    await page.getByRole('button', { name: 'Hang up', exact: true }).click();
    await page.getByText('You hung up.').waitFor();
  });

  it('lets a caller wait in the queue, picks them up again, and speaks a typed text to them', async () => {
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'Let wait' }).click();
    const waiting = page.locator('.waiting-card');
    await waiting.waitFor();
    expect(await look(console, 'waiting')).toEqual([]);
    await waiting.getByRole('button', { name: /^Answer/ }).click();
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    await waveformMoves(page, 'them');

    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await page.getByRole('button', { name: /^Say/ }).click();
    await page.getByRole('textbox', { name: /^A voice says this to/ }).fill('One moment please.');
    await page.keyboard.press('Enter');
    await waveformMoves(page, 'us');
    expect(await look(console, 'say')).toEqual([]);
  });

  it('keeps the history through a kill in the middle of a call', async () => {
    console = await openConsole(data.path);
    await console.page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(console.page, 'them');
    await console.kill();

    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'History' }).click();
    const row = page.locator('[data-list=history] [role=option]').first();
    await expect.poll(() => row.textContent()).toContain('Dana Reyes');
  });

  it('keeps what is typed while a call rings', async () => {
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'Dial, search or command' }).click();
    const field = page.locator('[cmdk-input]');
    await field.pressSequentially('415 555 01', { delay: 150 });
    await page.locator('.ring-card').waitFor();
    await page.keyboard.type('07');
    expect((await field.inputValue()).replace(/\D/g, '')).toBe('4155550107');
    expect(await page.locator('main.panel').getAttribute('data-status')).not.toBe('live');
  });
});

describe('a page that is loaded again in the middle of a call', () => {
  it('lets the talk key go and shows the call that went on', async () => {
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(page, 'them');
    const mute = page.getByRole('button', { name: 'Mute', exact: true });
    await mute.click();
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.down('Space');
    await expect.poll(() => heldKey(page)).toBe(true);
    await page.reload();
    await expect.poll(() => heldKey(page)).toBe(false);
    await expect.poll(() => page.locator('main.panel').getAttribute('data-status')).toBe('live');
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a computer with a fault', () => {
  it('without a sound card shows a problem with a remedy while calls go on', async () => {
    const nothing = join(data.path, 'no-sound.conf');
    await writeFile(nothing, '');
    console = await openConsole(data.path, { ALSA_CONFIG_PATH: nothing });
    const { page } = console;
    await page.locator('.banner[data-problem=sound-missing]').waitFor();
    expect(await page.locator('.banner').textContent()).toMatch(/is connected.*Connect a/s);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(page, 'them');
    await expect.poll(() => reach(page).getAttribute('data-reach')).toBe('nobody');
    await page.getByRole('button', { name: /^Hear the last 10 s/ }).click();
    await page.getByText('Nothing can be played: no speaker works here.').waitFor();
  });

  it('on which the port is taken says who has it and offers another', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    console = await openConsole(data.path, { PORT: String(port) });
    const { page } = console;
    await page.locator('.banner[data-problem=port-taken]').waitFor();
    expect(await page.locator('.banner').textContent()).toContain(`Port ${port} is taken by`);
    await page.getByRole('button', { name: 'Use another port' }).click();
    await expect.poll(() => page.locator('.line-status').getAttribute('data-line')).toBe('ready');
    server.close();
  });

  it('with unreadable settings and history sets both aside and says so', async () => {
    await writeFile(join(data.path, 'settings.json'), '{ broken');
    await writeFile(join(data.path, 'earshot.db'), 'this is no database, but it was here first');
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: /^Problem 1 of/ }).waitFor();
    const kept = await readdir(data.path);
    expect(kept.filter(name => name.includes('.unreadable-'))).toHaveLength(2);
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await waveformMoves(page, 'them');
  });
});

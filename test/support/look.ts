import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { ConsoleWindow } from './console-window.ts';

/** Pictures of every view, to be looked at; not compared by machine. */
const PICTURES = join(import.meta.dirname, '../../out/pictures');

const SIZES = [
  [900, 600],
  [1280, 800],
] as const;

/**
 * Looks at a view at both sizes the window is made for, and saves its pictures.
 * @returns what is wrong with it: accessibility rules it breaks, and what is cut off sideways
 */
export async function look({ page }: Pick<ConsoleWindow, 'page'>, name: string): Promise<string[]> {
  await mkdir(PICTURES, { recursive: true });
  // Colours on their way from one theme to the other are nobody's choice.
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const faults = violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`);
  for (const [width, height] of SIZES) {
    await resize(page, width, height);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) faults.push(`${name}: ${overflow} px too wide at ${width}`);
    const scrolled = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('aside, nav, section, main, .list')]
        .filter(part => /auto|scroll/.test(getComputedStyle(part).overflowY))
        .filter(part => part.scrollWidth > part.clientWidth)
        .map(part => part.className),
    );
    for (const part of scrolled) faults.push(`${name}: ${part} is cut off sideways at ${width}`);
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
  }
  return faults;
}

/** Makes the inside of the window so large, and waits until the page has come to rest in it. */
async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.evaluate(
    ([inside, below]) =>
      window.resizeTo(inside + outerWidth - innerWidth, below + outerHeight - innerHeight),
    [width, height] as const,
  );
  // A window as large as the screen is a pixel smaller.
  await page.waitForFunction(wanted => Math.abs(window.innerWidth - wanted) < 3, width);
  await atRest(page);
}

/** Waits until what moves on the page has come to rest, and it is drawn. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(resolve));
    await drawn();
    const moving = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 1000);
    const enough = new Promise(resolve => setTimeout(resolve, 300));
    await Promise.race([Promise.allSettled(moving.map(({ finished }) => finished)), enough]);
    await drawn();
    await drawn();
  });
}

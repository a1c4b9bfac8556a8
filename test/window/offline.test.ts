import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTestRecogniser } from '../../build/recogniser-runtime.mjs';
import type { Segment } from '../../electron/core/segment.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';
import { layPack } from '../support/offline-pack.ts';

const found = findTestRecogniser();

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow | undefined;

beforeEach(async () => {
  data = await settledFolder({
    transcripts: {
      practice: { by: 'offline', language: 'en-US', hints: [] },
      twilio: { by: null, language: 'en-US', hints: [] },
    },
  });
});

afterEach(async () => {
  await console?.kill();
  console = undefined;
  await data.remove();
});

/** What was understood so far, and is final. */
async function finals(page: Page): Promise<readonly Segment[]> {
  const segments = await page.evaluate(async () => {
    const { earshot } = window as unknown as {
      earshot: { snapshot: () => Promise<{ segments: readonly Segment[] }> };
    };
    return (await earshot.snapshot()).segments;
  });
  return segments.filter(({ isFinal }) => isFinal);
}

describe.skipIf(found === undefined)('words understood on this computer, in the window', () => {
  it('are those of the caller, with their places', async () => {
    await layPack(join(data.path, 'packs'));
    console = await openConsole(data.path);
    const { page } = console;
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect.poll(async () => (await finals(page)).length).toBeGreaterThan(0);
    const [first] = await finals(page);
    expect(first).toMatchObject({ by: 'offline', speaker: 'them', language: 'en-US' });
    expect(first?.place?.wordsMs).toHaveLength(first?.text.split(' ').length ?? 0);
  });
});

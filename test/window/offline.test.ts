import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Segment } from '../../electron/core/segment.ts';
import { type ConsoleWindow, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';

/** What `npm test` prepared. Its module is JavaScript, which these tests otherwise have none of. */
const prepared: string = '../../build/recogniser-runtime.mjs';
const { findTestRecogniser } = (await import(prepared)) as {
  readonly findTestRecogniser: () =>
    | { libraryPath: string; modelPath: string; narrowModelPath: string | undefined }
    | undefined;
};
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

/** Lays a pack down as one that was fetched earlier. */
async function layPack(folder: string): Promise<void> {
  if (found === undefined) return;
  const { libraryPath, modelPath, narrowModelPath } = found;
  const sha256 = createHash('sha256')
    .update(await readFile(libraryPath))
    .digest('hex');
  const archive = { url: 'http://127.0.0.1:9/archive', sizeBytes: 1, sha256 };
  const pack = { id: 'en-test', title: 'English', languages: ['en-US'], licence: 'Apache-2.0' };
  const engine = { ...archive, library: basename(libraryPath) };
  await mkdir(folder, { recursive: true });
  const catalogue = JSON.stringify({ engine, packs: [{ ...pack, model: archive }] });
  await writeFile(join(folder, 'packs.json'), catalogue);
  const engines = join(folder, 'engines', sha256.slice(0, 16));
  await cp(dirname(libraryPath), engines, { recursive: true });
  await writeFile(join(engines, 'pack.json'), sha256);
  const model = join(folder, 'models', 'en-test');
  await cp(narrowModelPath ?? modelPath, join(model, 'model'), { recursive: true });
  const sampleRateHz = narrowModelPath === undefined ? 16_000 : 8000;
  const mark = { engine: sha256, model: sha256, path: 'model', sampleRateHz };
  await writeFile(join(model, 'pack.json'), JSON.stringify(mark));
}

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
    await expect
      .poll(async () => (await finals(page)).length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    const [first] = await finals(page);
    expect(first).toMatchObject({ by: 'offline', speaker: 'them', language: 'en-US' });
    expect(first?.place?.wordsMs).toHaveLength(first?.text.split(' ').length ?? 0);
  });
});

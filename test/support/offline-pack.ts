import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findTestRecogniser } from '../../build/recogniser-runtime.mjs';

/** Lays a pack down as one that was fetched earlier. */
export async function layPack(folder: string): Promise<void> {
  const found = findTestRecogniser();
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

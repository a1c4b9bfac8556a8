import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { wrongArchiveError } from './pack-problem.ts';

/** What Kaldi takes when a model does not say. Source: Kaldi's feature-window.h, `samp_freq`. */
const USUAL_RATE_HZ = 16_000;

/** A model on disk. */
export type ModelFolder = { readonly path: string; readonly sampleRateHz: number };

/**
 * Finds the model in a folder that was unpacked: there, or in the one folder inside. Older models have
 * everything at the top. @throws ProblemError when there is none
 */
export async function findModel(folder: string): Promise<ModelFolder> {
  const inside = (await readdir(folder, { withFileTypes: true })).filter(one => one.isDirectory());
  for (const path of [folder, ...inside.map(({ name }) => join(folder, name))]) {
    const isModel =
      (await isFile(join(path, 'am/final.mdl'))) || (await isFile(join(path, 'final.mdl')));
    if (isModel) return { path, sampleRateHz: await rateOf(path) };
  }
  throw wrongArchiveError();
}

/** The rate of the sound a model was made for, in Hz. */
async function rateOf(path: string): Promise<number> {
  const options = await readFile(join(path, 'conf/mfcc.conf'), 'utf8')
    .catch(() => readFile(join(path, 'mfcc.conf'), 'utf8'))
    .catch(() => '');
  const rate = /^--sample-frequency=(\d+)/m.exec(options)?.[1];
  return rate === undefined ? USUAL_RATE_HZ : Number(rate);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  );
}

import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { bytesHere, forgetArchive } from './archive-download.ts';
import { findModel } from './model-folder.ts';
import {
  type Archive,
  type EngineRecipe,
  ownCatalogueSchema,
  type PackCatalogue,
  type PackRecipe,
} from './pack-recipe.ts';
import { unpackEngine } from './unpack-engine.ts';
import { unpackModel } from './unpack-model.ts';

/** What the recogniser needs to understand a language. */
export type ReadyPack = {
  readonly packId: string;
  readonly libraryPath: string;
  readonly modelPath: string;
  /** The rate of the sound the model was made for. */
  readonly sampleRateHz: number;
};

/** Beside an unpacked model, written before both get their name: a folder with this file is whole. */
const MARK = 'pack.json';
const markSchema = z.object({
  engine: z.string(),
  model: z.string(),
  /** Where the model lies in the folder. */
  path: z.string(),
  sampleRateHz: z.number().int().positive(),
});

const OWN_CATALOGUE = 'packs.json';
const UNPACKING = 'unpacking-';

/** What lies here becomes code of this app: nobody else on this computer has a way in. */
const OWN_FOLDER = { recursive: true, mode: 0o700 };
const OWN_FILE = { mode: 0o600 };

/** Packs on disk: archives that are being fetched, engines and models that are unpacked. @param folder all of it is theirs */
export function createPackStore(folder: string) {
  const models = join(folder, 'models');
  const engines = join(folder, 'engines');
  const parts = join(folder, 'parts');
  const partOf = ({ sha256 }: Archive): string => join(parts, `${sha256}.part`);
  const engineFolder = ({ sha256 }: EngineRecipe): string => join(engines, sha256.slice(0, 16));
  const modelFolder = ({ id }: PackRecipe): string => join(models, id);

  /** Makes a folder whole or not at all. */
  const unpacked = async (
    parent: string,
    name: string,
    fill: (work: string) => Promise<void>,
  ): Promise<void> => {
    const work = join(parent, `${UNPACKING}${name}`);
    await rm(work, { recursive: true, force: true });
    await mkdir(work, OWN_FOLDER);
    try {
      await fill(work);
      await rm(join(parent, name), { recursive: true, force: true });
      await rename(work, join(parent, name));
    } catch (error) {
      await rm(work, { recursive: true, force: true }).catch(() => {});
      throw error;
    }
  };

  const isEngineHere = (engine: EngineRecipe): boolean =>
    read(join(engineFolder(engine), MARK)) === engine.sha256;

  return {
    partOf,
    prepare: async (): Promise<void> => {
      await mkdir(parts, OWN_FOLDER);
      for (const parent of [models, engines]) {
        for (const name of await readdir(parent).catch(() => [])) {
          if (name.startsWith(UNPACKING)) await rm(join(parent, name), { recursive: true });
        }
      }
    },
    isEngineHere,
    addEngine: async (engine: EngineRecipe, signal: AbortSignal): Promise<void> => {
      await unpacked(engines, basename(engineFolder(engine)), async work => {
        await unpackEngine(partOf(engine), engine, work, signal);
        await writeFile(join(work, MARK), engine.sha256, OWN_FILE);
      });
      await forgetArchive(partOf(engine));
    },
    addModel: async (
      engine: EngineRecipe,
      recipe: PackRecipe,
      signal: AbortSignal,
    ): Promise<void> => {
      await unpacked(models, recipe.id, async work => {
        await unpackModel(partOf(recipe.model), recipe.model.sizeBytes, work, signal);
        const { path, sampleRateHz } = await findModel(work);
        const mark: z.output<typeof markSchema> = {
          engine: engine.sha256,
          model: recipe.model.sha256,
          path: relative(work, path),
          sampleRateHz,
        };
        await writeFile(join(work, MARK), JSON.stringify(mark), OWN_FILE);
      });
      await forgetArchive(partOf(recipe.model));
    },
    /** The pack as it lies here; null when it is not whole, or not the one the recipe names. */
    find: (engine: EngineRecipe, recipe: PackRecipe): ReadyPack | null => {
      if (!isEngineHere(engine)) return null;
      const mark = markSchema.safeParse(parsed(read(join(modelFolder(recipe), MARK))));
      if (!mark.success || mark.data.model !== recipe.model.sha256) return null;
      return {
        packId: recipe.id,
        libraryPath: join(engineFolder(engine), basename(engine.library)),
        modelPath: join(modelFolder(recipe), mark.data.path),
        sampleRateHz: mark.data.sampleRateHz,
      };
    },
    /** How much of an archive is here. */
    bytesOf: (archive: Archive): Promise<number> => bytesHere(partOf(archive)),
    removeModel: async (recipe: PackRecipe): Promise<void> => {
      await forgetArchive(partOf(recipe.model));
      await rm(modelFolder(recipe), { recursive: true, force: true, maxRetries: 5 });
    },
    removeEngine: async (engine: EngineRecipe): Promise<void> => {
      await forgetArchive(partOf(engine));
      await rm(engineFolder(engine), { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The catalogue with what the file `packs.json` adds to it, for companies with a mirror or models of their own. */
export function withOwnCatalogue(builtIn: PackCatalogue, folder: string, log: Log): PackCatalogue {
  const text = read(join(folder, OWN_CATALOGUE));
  if (text === null) return builtIn;
  const own = ownCatalogueSchema.safeParse(parsed(text));
  if (!own.success) {
    const faults = own.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    log.warn({ file: OWN_CATALOGUE, faults }, 'catalogue of packs not understood');
    return builtIn;
  }
  const { engine, packs } = own.data;
  const others = builtIn.packs.filter(({ id }) => packs.every(pack => pack.id !== id));
  return { engine: engine ?? builtIn.engine, packs: [...packs, ...others] };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

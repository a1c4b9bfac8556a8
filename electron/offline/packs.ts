import type { Cancel, Clock } from '../core/clock.ts';
import type { Problem } from '../core/problem.ts';
import type { Pack } from '../core/transcription.ts';
import type { Log } from '../log.ts';
import { downloadArchive } from './archive-download.ts';
import { packError, packProblem } from './pack-problem.ts';
import type { Archive, PackCatalogue, PackRecipe } from './pack-recipe.ts';
import { createPackStore, type ReadyPack, withOwnCatalogue } from './pack-store.ts';

/** Progress is told so often at most. */
const TELL_MS = 250;

type PackPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Where packs lie; a file `packs.json` there may name others. */
  readonly folder: string;
  readonly catalogue: PackCatalogue;
  readonly onChanged: (packs: readonly Pack[]) => void;
};

/** Who works with packs, asked before one goes. */
type PackUser = {
  /** Whether a call is being written down with it. */
  readonly isUsing: (packId: string) => boolean;
  /** Lets go of all files; done when they can be removed. */
  readonly letGo: () => Promise<void>;
};

/** What makes this computer understand languages by itself: fetched when asked, checked, kept, removed. */
export type Packs = {
  readonly list: () => readonly Pack[];
  /** Fetches a pack, or goes on where it stopped; one after the other. @throws ProblemError when there is no such pack */
  readonly fetch: (id: string) => void;
  /** Stops fetching; what is here stays. @throws ProblemError when there is no such pack */
  readonly pause: (id: string) => void;
  /** @throws ProblemError when a call needs it, or there is no such pack */
  readonly remove: (id: string) => Promise<void>;
  /** What understands a language best: it itself, else another kind of it; null when nothing here does. @param language BCP-47 */
  readonly ready: (language: string) => ReadyPack | null;
  /** A pack that is here turned out not to work. */
  readonly condemn: (id: string, problem: Problem) => void;
  readonly setUser: (user: PackUser) => void;
  readonly close: () => Promise<void>;
};

type Entry = {
  readonly recipe: PackRecipe;
  readonly sizeBytes: number;
  status: Pack['status'];
  doneBytes: number;
  problem: Problem | null;
  ready: ReadyPack | null;
  fetching: AbortController | null;
};

/** Knows the packs at once, as the last run left them. */
export function createPacks({ clock, log, folder, catalogue, onChanged }: PackPorts): Packs {
  const { engine, packs: recipes } = withOwnCatalogue(catalogue, folder, log);
  const store = createPackStore(folder);
  const entries = new Map<string, Entry>();
  let user: PackUser | null = null;
  let closed = false;
  let cancelTelling: Cancel | null = null;

  const shown = ({ recipe, sizeBytes, status, doneBytes, problem }: Entry): Pack => {
    const { id, title, languages, licence } = recipe;
    return { id, title, languages, licence, sizeBytes, status, doneBytes, problem };
  };
  const list = (): readonly Pack[] => [...entries.values()].map(shown);
  const tell = (): void => {
    cancelTelling?.();
    cancelTelling = null;
    if (!closed) onChanged(list());
  };
  const tellSoon = (): void => {
    cancelTelling ??= clock.after(TELL_MS, tell);
  };

  const look = async (entry: Entry): Promise<void> => {
    if (engine === null || entry.fetching !== null) return;
    entry.ready = store.find(engine, entry.recipe);
    const ofModel = await store.bytesOf(entry.recipe.model);
    const ofEngine = store.isEngineHere(engine) ? engine.sizeBytes : await store.bytesOf(engine);
    if (entry.fetching !== null) return;
    entry.doneBytes = entry.ready === null && ofModel > 0 ? ofEngine + ofModel : 0;
    entry.status = entry.doneBytes > 0 ? 'paused' : 'absent';
    if (entry.ready === null) return;
    entry.status = 'ready';
    entry.doneBytes = entry.sizeBytes;
  };

  if (engine !== null) {
    for (const recipe of recipes) {
      const ready = store.find(engine, recipe);
      const sizeBytes = engine.sizeBytes + recipe.model.sizeBytes;
      entries.set(recipe.id, {
        recipe,
        sizeBytes,
        status: ready === null ? 'absent' : 'ready',
        doneBytes: ready === null ? 0 : sizeBytes,
        problem: null,
        ready,
        fetching: null,
      });
    }
  }

  /** Work on files, one at a time. */
  let work: Promise<void> = store
    .prepare()
    .then(async () => {
      for (const entry of entries.values()) await look(entry);
      tell();
    })
    .catch((error: unknown) => log.warn({ err: error }, 'folder of packs not readable'));
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = work.then(task);
    work = done.catch(() => {});
    return done;
  };

  const fetchOne = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    if (engine === null || signal.aborted) return;
    const get = async (archive: Archive, before: number): Promise<void> => {
      entry.status = 'downloading';
      await downloadArchive(archive, store.partOf(archive), {
        clock,
        signal,
        onProgress: bytes => {
          entry.doneBytes = before + bytes;
          if (bytes < archive.sizeBytes) return tellSoon();
          entry.status = 'checking';
          tell();
        },
      });
      entry.status = 'checking';
      tell();
    };
    if (!store.isEngineHere(engine)) {
      await get(engine, 0);
      await store.addEngine(engine, signal);
    }
    await get(entry.recipe.model, engine.sizeBytes);
    await store.addModel(engine, entry.recipe, signal);
  };

  const fetchInTurn = (entry: Entry): void => {
    const own = new AbortController();
    entry.fetching = own;
    entry.status = 'downloading';
    entry.problem = null;
    tell();
    void inTurn(async () => {
      let failure: unknown = null;
      try {
        await fetchOne(entry, own.signal);
      } catch (error) {
        failure = error;
      }
      // Paused and begun again meanwhile: the next turn is its own.
      if (entry.fetching !== own) return;
      entry.fetching = null;
      await look(entry);
      if (failure !== null && !own.signal.aborted) {
        entry.status = 'failed';
        entry.problem = packProblem(failure);
        log.warn({ pack: entry.recipe.id, err: failure }, 'pack not fetched');
      }
      tell();
    });
  };

  const named = (id: string): Entry => {
    const entry = entries.get(id);
    if (entry !== undefined) return entry;
    throw packError('There is no such pack.', 'Choose one of Settings > Transcripts.');
  };

  const pause = (entry: Entry): void => {
    if (entry.fetching === null) return;
    entry.fetching.abort();
    entry.fetching = null;
    entry.status = 'paused';
    tell();
  };

  const removeOne = async (entry: Entry): Promise<void> => {
    if (engine === null) return;
    try {
      await user?.letGo();
      await store.removeModel(entry.recipe);
      const isLast = [...entries.values()].every(
        one => one === entry || (one.ready === null && one.fetching === null),
      );
      if (isLast) await store.removeEngine(engine);
    } finally {
      entry.problem = null;
      await look(entry);
      tell();
    }
  };

  return {
    list,
    fetch: id => {
      const entry = named(id);
      if (entry.fetching === null && entry.ready === null && !closed) fetchInTurn(entry);
    },
    pause: id => pause(named(id)),
    remove: async id => {
      const entry = named(id);
      if (user?.isUsing(id) === true) {
        throw packError(
          'A call is being written down with this pack, so it stays for now.',
          'Let another transcriber write the call down, or wait until it is over; then remove the pack.',
        );
      }
      pause(entry);
      entry.ready = null;
      await inTurn(() => removeOne(entry)).catch((error: unknown) => {
        throw packError(
          'The pack could not be removed whole.',
          'Quit Earshot, start it again and remove the pack once more.',
          packProblem(error).code,
        );
      });
    },
    ready: language => {
      const ready = [...entries.values()].filter(({ ready: pack }) => pack !== null);
      const speaks = (entry: Entry, is: (one: string) => boolean): boolean =>
        entry.recipe.languages.some(is);
      const best =
        ready.find(entry => speaks(entry, one => one.toLowerCase() === language.toLowerCase())) ??
        ready.find(entry => speaks(entry, one => baseOf(one) === baseOf(language)));
      return best?.ready ?? null;
    },
    condemn: (id, problem) => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.ready = null;
      entry.status = 'failed';
      entry.problem = problem;
      tell();
    },
    setUser: one => {
      user = one;
    },
    close: async () => {
      closed = true;
      cancelTelling?.();
      for (const entry of entries.values()) entry.fetching?.abort();
      await work;
    },
  };
}

/** The language without its country: `en` of `en-US`. */
function baseOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}

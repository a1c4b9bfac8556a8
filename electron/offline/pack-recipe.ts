import { z } from 'zod';

/** A file that is fetched. Its hash is checked over the whole file before anything of it is used. */
const archive = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'an archive is named by an address that starts with https://'),
  sizeBytes: z.number().int().min(1).max(8_000_000_000),
  /** In lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 digits of lower-case hex'),
});

/** The recogniser's library for one kind of computer, out of a .tgz archive. */
const engine = z.strictObject({
  ...archive.shape,
  /** The library inside the archive. */
  library: z.string().min(1),
  /** Other libraries inside the archive that it needs beside it. */
  beside: z.array(z.string().min(1)).default([]),
});

const pack = z.strictObject({
  /** Also names its folder. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'name packs as en-us-small'),
  title: z.string().min(1).max(100),
  /** BCP-47. */
  languages: z.array(z.string().min(2).max(20)).min(1),
  licence: z.string().min(1).max(200),
  /** A Vosk model in a .zip archive. */
  model: archive,
});

/** A catalogue of one's own, in a file: its packs stand before the built-in ones, its engine replaces theirs. */
export const ownCatalogueSchema = z.strictObject({
  engine: engine.optional(),
  packs: z.array(pack).default([]),
});

/** A file that is fetched. */
export type Archive = Readonly<z.output<typeof archive>>;

/** The recogniser's library for one kind of computer. */
export type EngineRecipe = Readonly<z.output<typeof engine>>;

/** What a pack is made of, beside the engine. */
export type PackRecipe = Readonly<z.output<typeof pack>>;

/** What can be fetched. */
export type PackCatalogue = {
  /** Null: there is none for this kind of computer. */
  readonly engine: EngineRecipe | null;
  readonly packs: readonly PackRecipe[];
};

/** Lines that were typed, or what is wrong with them. */
type ReadLines =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly words: string };

/** What lines may be. */
export type LineLimits = {
  /** What one is called: `word`, `phrase`. */
  readonly name: string;
  readonly most: number;
  readonly leastCharacters: number;
  readonly mostCharacters: number;
};

/** Understands one entry a line; empty lines and repeated ones are left out. */
export function readLines(text: string, limits: LineLimits): ReadLines {
  const { name, most, leastCharacters, mostCharacters } = limits;
  const seen = new Map<string, string>();
  for (const line of text.split('\n').map(each => each.trim().replace(/\s+/g, ' '))) {
    if (line !== '' && !seen.has(line.toLowerCase())) seen.set(line.toLowerCase(), line);
  }
  const lines = [...seen.values()];
  const short = lines.find(({ length }) => length < leastCharacters);
  if (short !== undefined) {
    return {
      ok: false,
      words: `“${short}” is too short: a ${name} has ${leastCharacters} characters or more.`,
    };
  }
  const long = lines.find(({ length }) => length > mostCharacters);
  if (long !== undefined) {
    const begin = long.slice(0, 20);
    return {
      ok: false,
      words: `“${begin}…” is too long: a ${name} has ${mostCharacters} characters at most.`,
    };
  }
  if (lines.length > most) {
    return { ok: false, words: `${lines.length} are too many: ${most} at most.` };
  }
  return { ok: true, lines };
}

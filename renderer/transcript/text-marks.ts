/** Where something stands in a text: from and to (exclusive), in UTF-16 units. */
export type Range = readonly [from: number, to: number];

/** A stretch of a text and what is to be seen of it. */
export type Fragment = {
  readonly from: number;
  readonly text: string;
  /** `masked`: what was said there is not kept. */
  readonly masked: boolean;
  /** Somebody watches for it. */
  readonly watched: boolean;
  /** It was looked for; `now`: the one of those that is looked at. */
  readonly found: 'no' | 'yes' | 'now';
};

/** What redaction leaves of digits that are not kept. */
const MASKED = /•+(?:[ -]?•+)*/g;

/** What is marked in a text. */
export type Marks = {
  readonly watched: readonly Range[];
  readonly found: readonly Range[];
  readonly now: Range | null;
};

/** A text in stretches, each marked in one way. */
export function fragmentsOf(text: string, { watched, found, now }: Marks): readonly Fragment[] {
  const masked = [...text.matchAll(MASKED)].map(
    ({ 0: match, index }): Range => [index, index + match.length],
  );
  const edges = [...masked, ...watched, ...found, ...(now === null ? [] : [now])].flat();
  const cuts = [...new Set([0, ...edges, text.length])]
    .filter(at => at >= 0 && at <= text.length)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const isNow = now !== null && covers([now], from);
    return {
      from,
      text: text.slice(from, cuts[index + 1]),
      masked: covers(masked, from),
      watched: covers(watched, from),
      found: isNow ? 'now' : covers(found, from) ? 'yes' : 'no',
    };
  });
}

/** Where words stand in a text, whatever their case and accents. */
export function findIn(text: string, words: string): readonly Range[] {
  const wanted = folded(words.trim()).text;
  if (wanted === '') return [];
  const { text: plain, places } = folded(text);
  const ranges: Range[] = [];
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    ranges.push([places?.[at] ?? at, places === null ? end : (places[end] ?? text.length)]);
  }
  return ranges;
}

/** The part of ranges that lies within a stretch of a text, counted from where the stretch begins. */
export function rangesWithin(ranges: readonly Range[], from: number, to: number): readonly Range[] {
  return ranges
    .filter(range => range[0] < to && range[1] > from)
    .map(range => [Math.max(range[0], from) - from, Math.min(range[1], to) - from]);
}

function covers(ranges: readonly Range[], at: number): boolean {
  return ranges.some(([from, to]) => from <= at && at < to);
}

/** A text in small letters without accents, and where each of its units came from; null where nothing moved. */
function folded(text: string): { readonly text: string; readonly places: number[] | null } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return { text: text.toLowerCase(), places: null };
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const sign of text) {
    const base = sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (let unit = 0; unit < base.length; unit += 1) places.push(at);
    plain += base;
    at += sign.length;
  }
  return { text: plain, places };
}

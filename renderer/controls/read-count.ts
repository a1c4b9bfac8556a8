/** A whole number that was typed, or what is wrong with it. */
type ReadCount =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly words: string };

/** Understands a whole number between two bounds. */
export function readCount(text: string, min: number, max: number): ReadCount {
  const typed = text.trim();
  if (!/^\d+$/.test(typed)) return { ok: false, words: `Enter a number from ${min} to ${max}.` };
  const count = Number(typed);
  if (count < min) return { ok: false, words: `The least is ${min}.` };
  return count > max ? { ok: false, words: `The most is ${max}.` } : { ok: true, count };
}

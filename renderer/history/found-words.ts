import type { SearchResult } from '../../electron/core/transcript.ts';

/** How much was found: `6 calls, 9 hits`; without words to look for only the calls. */
export function countWords(result: SearchResult, locale?: string): string {
  const { callCount, passageCount, more, hits } = result;
  const number = new Intl.NumberFormat(locale);
  const plus = more ? '+' : '';
  const calls = callCount === 1 && !more ? '1 call' : `${number.format(callCount)}${plus} calls`;
  const said = passageCount === 1 ? '1 hit' : `${number.format(passageCount)}${plus} hits`;
  const cut = callCount > hits.length ? `, the newest ${number.format(hits.length)} here` : '';
  return `${calls}${passageCount === 0 ? '' : `, ${said}`}${cut}`;
}

/** That nothing was found, and what may have been meant. */
type NothingFound = {
  readonly title: string;
  readonly words: string;
  /** A word near to what was looked for: what its button says, and what it looks for. */
  readonly instead: { readonly name: string; readonly query: string } | null;
};

/** Why the list is empty. @param isFiltered some calls are left out */
export function nothingFound(
  query: string,
  isFiltered: boolean,
  instead: SearchResult['instead'],
): NothingFound {
  const text = query.trim();
  if (text === '') {
    return isFiltered
      ? { title: 'Nothing found', words: 'No call fits these filters.', instead: null }
      : {
          title: 'No calls yet',
          words: 'Calls you take or hear are kept here with sound and transcript.',
          instead: null,
        };
  }
  const which = isFiltered ? 'No call that fits these filters says' : 'No call says';
  return {
    title: 'Nothing found',
    words: `${which} “${text}”.`,
    instead:
      instead === null
        ? null
        : { name: `${instead.words} (${instead.passages})`, query: instead.words },
  };
}

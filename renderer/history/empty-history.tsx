import type { SearchResult } from '../../electron/core/transcript.ts';
import { nothingFound } from './found-words.ts';
import { isFiltered } from './search-filters.ts';
import { clearFilters, lookFor, type Search } from './search-store.ts';

type EmptyHistoryProps = {
  /** What was looked for; null until the first answer. */
  readonly search: Search | null;
  readonly instead: SearchResult['instead'];
};

/** In place of a call: that there are none, or what else may have been meant. */
export function EmptyHistory({ search, instead }: EmptyHistoryProps) {
  const says =
    search === null ? null : nothingFound(search.query, isFiltered(search.filters), instead);
  return (
    <main className="panel">
      <section className="idle" aria-label="No past call">
        {says === null || search === null ? null : (
          <>
            <h1>{says.title}</h1>
            <p className="idle-says">
              {says.words}
              {says.instead === null ? null : (
                <>
                  {' '}
                  Did you mean{' '}
                  <button
                    type="button"
                    className="button small found-instead"
                    onClick={() => lookFor(says.instead?.query ?? '')}
                  >
                    {says.instead.name}
                  </button>
                  ?
                </>
              )}
            </p>
            {isFiltered(search.filters) ? (
              <button type="button" className="button" onClick={clearFilters}>
                Clear the filters
              </button>
            ) : null}
          </>
        )}
      </section>
    </main>
  );
}

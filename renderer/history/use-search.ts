import { useEffect, useRef, useState } from 'react';
import type { SearchResult } from '../../electron/core/transcript.ts';
import { ask } from '../earshot.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { addRefusal } from '../state/refusals.ts';
import { useStore } from '../state/use-store.ts';
import { searchCommand } from './search-filters.ts';
import { type Search, searchStore } from './search-store.ts';

/** What a search found. */
type Found = {
  /** What was looked for; what is typed meanwhile is answered later. */
  readonly search: Search;
  readonly result: SearchResult;
};

/** Most calls in the list. */
const SHOWN_CALLS = 500;

/** It is asked so long after the last key, in ms. */
const TYPING_MS = 100;

/**
 * What the history has of what is looked for, the newest call first; null until the first answer. What was
 * found before stays until the newest answer is there. Asked again after each call that ends.
 */
export function useSearch(): Found | null {
  const search = useStore(searchStore, value => value);
  const recent = useStore(recentCalls, calls => calls);
  const [found, setFound] = useState<Found | null>(null);
  const asked = useRef({ query: search.query, count: 0, answered: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when a call has ended
  useEffect(() => {
    const { query, filters } = search;
    const isTyped = query !== asked.current.query;
    asked.current.query = query;
    const look = () => {
      asked.current.count += 1;
      const turn = asked.current.count;
      void ask(searchCommand(query, filters, Date.now(), SHOWN_CALLS)).then(outcome => {
        if (turn < asked.current.answered) return;
        asked.current.answered = turn;
        if (outcome.ok) setFound({ search, result: outcome });
        else addRefusal(outcome.problem);
      });
    };
    if (!isTyped) {
      look();
      return;
    }
    const timer = setTimeout(look, TYPING_MS);
    return () => clearTimeout(timer);
  }, [search, recent]);
  return found;
}

import { useEffect, useMemo, useState } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import { useStore } from '../state/use-store.ts';
import { firstMatchIn, isAmong, matchesOf, nextMatch, soundPlaces } from './find-words.ts';
import { foundInSound } from './found-in-sound.ts';
import { groupedBy } from './grouped-by.ts';
import type { Range } from './text-marks.ts';
import type { TranscriptLine } from './transcript-lines.ts';
import { placeToShow, soughtWords } from './transcript-on-screen.ts';

const NO_MATCHES: ReadonlyMap<string, readonly Range[]> = new Map();

/** What is looked for in a call's transcript, where it was said, and which of those places is looked at. */
export function useFind(callId: CallId, lines: readonly TranscriptLine[]) {
  const words = useStore(soughtWords, value => value);
  const toShow = useStore(placeToShow, place => (place?.callId === callId ? place : null));
  const [looked, setLooked] = useState({ words: '', at: 0 });
  const matches = useMemo(() => matchesOf(lines, words ?? ''), [lines, words]);
  // Other words begin at the first place.
  const at = looked.words === words ? looked.at : 0;
  useEffect(() => {
    if (toShow === null || !isAmong(lines, toShow.segmentId)) return;
    placeToShow.set(null);
    soughtWords.set(toShow.words);
    const there = matchesOf(lines, toShow.words);
    setLooked({ words: toShow.words, at: firstMatchIn(there, lines, toShow.segmentId) });
  }, [toShow, lines]);
  useEffect(() => () => soughtWords.set(null), []);
  useEffect(() => {
    foundInSound.set({ callId, atMs: soundPlaces(matches, lines) });
    return () => foundInSound.set(null);
  }, [callId, matches, lines]);
  const found = useMemo(() => {
    if (matches.length === 0) return NO_MATCHES;
    const byLine = groupedBy(matches, ({ key }) => key);
    return new Map([...byLine].map(([key, some]) => [key, some.map(({ range }) => range)]));
  }, [matches]);
  return {
    words,
    at,
    /** Another one each time somebody goes to a place. */
    looked,
    count: matches.length,
    found,
    now: matches[at] ?? null,
    step: (step: 1 | -1) =>
      setLooked({ words: words ?? '', at: nextMatch(at, step, matches.length) }),
  };
}

import { asLive } from '../core/call.ts';
import type { ConsoleEvent, Fact } from '../core/events.ts';
import type { Segment } from '../core/segment.ts';
import type { Settings } from '../core/settings.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import { baseLanguage } from './stems.ts';
import { type PhraseFinder, phraseFinder, type WatchHit } from './watch-match.ts';

/** What watching needs of the rest. */
type WatchingPorts = {
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
};

/** Looks for the phrases of the person's lists in what is said. */
type Watching = {
  /** Looks at what an event says, also while it may still change. */
  readonly follow: (step: { readonly event: ConsoleEvent; readonly after: ConsoleState }) => void;
};

/** Pieces of which it is remembered what was found in them: those of 40 calls of the last minutes. */
const MOST_PIECES = 2000;

/** Nothing was found yet. */
export function createWatching({ state, emit }: WatchingPorts): Watching {
  const found = new Map<string, Set<string>>();
  let finders = new Map<string, PhraseFinder>();
  let lists: Settings['watchLists'] = [];

  const finderFor = (language: string): PhraseFinder => {
    const base = baseLanguage(language);
    const known = finders.get(base);
    if (known !== undefined) return known;
    const finder = phraseFinder(lists, base);
    finders.set(base, finder);
    return finder;
  };

  /** Whether a phrase is found in a piece for the first time; what was told stays told. */
  const isNew = (segmentId: string, { list, phrase }: WatchHit): boolean => {
    const known = found.get(segmentId) ?? new Set();
    const name = `${list.id}\n${phrase}`;
    if (known.has(name)) return false;
    known.add(name);
    found.set(segmentId, known);
    const oldest = found.size > MOST_PIECES ? found.keys().next().value : undefined;
    if (oldest !== undefined) found.delete(oldest);
    return true;
  };

  const tell = (segment: Segment, hit: WatchHit, since: number): void => {
    const { callId, segmentId, speaker } = segment;
    const { list, phrase, words } = hit;
    const what = { phrase, words, listId: list.id, atMs: placeOf(segment, hit) };
    emit({ event: 'watch-word-heard', callId, segmentId, speaker, ...what });
    if (findCall(state(), callId)?.status !== 'live') return;
    const attention = { kind: 'watch-word', since, label: words, toFront: list.toFront } as const;
    emit({ event: 'attention-raised', callId, attention });
  };

  return {
    follow: ({ event, after }) => {
      if (event.event !== 'segment') return;
      if (after.settings.watchLists !== lists) {
        lists = after.settings.watchLists;
        finders = new Map();
      }
      if (lists.length === 0) return;
      for (const hit of finderFor(languageOf(event, after))(event.text)) {
        const { speaker } = hit.list;
        const isMeant = speaker === 'anybody' || speaker === event.speaker;
        if (isMeant && isNew(event.segmentId, hit)) tell(event, hit, event.at);
      }
    },
  };
}

/** The language of a piece, or else of its call. */
function languageOf({ language, callId }: Segment, after: ConsoleState): string {
  return language ?? asLive(findCall(after, callId))?.transcription.language ?? 'en';
}

/** Where a phrase begins in the call's sound; its piece where no words have places. */
function placeOf({ place, text }: Segment, { at }: WatchHit): number | null {
  if (place === null) return null;
  const { atMs, wordsMs } = place;
  const isTold = wordsMs?.length === (text.match(/\S+/g)?.length ?? 0);
  return atMs + (isTold ? (wordsMs?.[at] ?? 0) : 0);
}

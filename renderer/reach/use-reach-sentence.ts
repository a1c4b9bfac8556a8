import { useEffect, useMemo, useState } from 'react';
import { consoleStore } from '../earshot.ts';
import { placeStore, usePlace } from '../state/navigation.ts';
import type { Place } from '../state/place.ts';
import { useConsole } from '../state/use-console.ts';
import { createEarWatch, type MoreEars } from '../supervision/more-ears.ts';
import { onDeskLevels } from '../waveform/call-levels.ts';
import { type ReachSentence, reachSentence } from './reach-sentence.ts';
import type { ReachContext } from './reach-words.ts';
import { createUnheardTalk } from './talking-unheard.ts';

/** The reach sentence of this moment. */
export function useReachSentence(): ReachSentence {
  const state = useConsole(whole => whole);
  const place = usePlace(whole => whole);
  const talkingUnheard = useTalkingUnheard();
  const joined = useMoreEars();
  return useMemo(
    () => reachSentence(state, { ...contextOf(place), talkingUnheard, joined }),
    [state, place, talkingUnheard, joined],
  );
}

/** Who came to an open whisper and closed the microphone by that. */
function useMoreEars(): MoreEars | null {
  const [joined, setJoined] = useState<MoreEars | null>(null);
  useEffect(() => {
    const watch = createEarWatch();
    const look = () => setJoined(watch.notice(consoleStore.get()));
    look();
    return consoleStore.subscribe(look);
  }, []);
  return joined;
}

/** Whether to hint that the person talks and nobody hears. */
function useTalkingUnheard(): boolean {
  const [talking, setTalking] = useState(false);
  useEffect(() => {
    const unheard = createUnheardTalk();
    return onDeskLevels(({ captured }) => {
      const context = { ...contextOf(placeStore.get()), talkingUnheard: false };
      const { reach } = reachSentence(consoleStore.get(), context);
      const closed = reach === 'would' || reach === 'agent-would';
      setTalking(unheard.notice(captured ?? 0, closed, performance.now()));
    });
  }, []);
  return talking;
}

function contextOf(place: Place): Omit<ReachContext, 'talkingUnheard'> {
  const over = place.layer === 'palette' || place.layer === 'dial-pad';
  return {
    shownCallId: place.view === 'calls' ? place.callId : null,
    place: over ? 'palette' : place.view,
  };
}

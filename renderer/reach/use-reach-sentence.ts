import { useEffect, useMemo, useState } from 'react';
import { consoleStore } from '../earshot.ts';
import { placeStore, usePlace } from '../state/navigation.ts';
import type { Place } from '../state/place.ts';
import { useConsole } from '../state/use-console.ts';
import { onDeskLevels } from '../waveform/call-levels.ts';
import { type ReachContext, type ReachSentence, reachSentence } from './reach-sentence.ts';
import { createUnheardTalk } from './talking-unheard.ts';

/** The reach sentence of this moment. */
export function useReachSentence(): ReachSentence {
  const state = useConsole(whole => whole);
  const place = usePlace(whole => whole);
  const talkingUnheard = useTalkingUnheard();
  return useMemo(
    () => reachSentence(state, { ...contextOf(place), talkingUnheard }),
    [state, place, talkingUnheard],
  );
}

/** Whether to hint that the person talks and nobody hears. */
function useTalkingUnheard(): boolean {
  const [talking, setTalking] = useState(false);
  useEffect(() => {
    const unheard = createUnheardTalk();
    return onDeskLevels(({ captured }) => {
      const context = { ...contextOf(placeStore.get()), talkingUnheard: false };
      const { reach } = reachSentence(consoleStore.get(), context);
      setTalking(unheard.notice(captured ?? 0, reach === 'would', performance.now()));
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

import { useMemo } from 'react';
import { pastCalls } from '../calls/call-sections.ts';
import { searchEverywhere } from '../history/search-everywhere.ts';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { usePlace } from '../state/navigation.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { transcriptOnScreen } from '../transcript/transcript-on-screen.ts';
import { paletteCommands } from './palette-commands.ts';
import type { PaletteSource } from './palette-entries.ts';

/** Whom and what the palette can offer now. */
export function usePaletteSource(): PaletteSource {
  const state = useConsole(whole => whole);
  const place = usePlace(whole => whole);
  const sound = useStore(playerOnScreen, shown => shown);
  const transcript = useStore(transcriptOnScreen, shown => shown);
  const history = useStore(recentCalls, calls => calls);
  return useMemo(
    () => ({
      directory: state.line.directory,
      history: pastCalls(state.calls, history),
      search: searchEverywhere,
      commands: paletteCommands(state, place, sound, transcript),
    }),
    [state, place, sound, transcript, history],
  );
}

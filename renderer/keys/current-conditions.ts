import { consoleStore } from '../earshot.ts';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { placeStore } from '../state/navigation.ts';
import { transcriptOnScreen } from '../transcript/transcript-on-screen.ts';
import { keyConditions } from './key-conditions.ts';
import type { KeyCondition } from './key-table.ts';

/** What holds at this moment. */
export function currentConditions(): ReadonlySet<KeyCondition> {
  const isPlayed = playerOnScreen.get() !== null;
  const isRead = transcriptOnScreen.get() !== null;
  return keyConditions(consoleStore.get(), placeStore.get(), isPlayed, isRead);
}

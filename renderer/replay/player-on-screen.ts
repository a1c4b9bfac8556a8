import { useEffect } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { Recording } from '../../electron/core/recording.ts';
import { createStore } from '../state/store.ts';

/** The sound that the replay keys and buttons mean: the one on screen. */
export type OnScreen =
  | { readonly source: 'live'; readonly callId: CallId }
  | {
      readonly source: 'kept';
      readonly callId: CallId;
      readonly recordings: readonly Recording[];
      readonly lengthMs: number;
    };

/** What can be heard again of what is on screen; null when nothing can. */
export const playerOnScreen = createStore<OnScreen | null>(null);

/** How near a recording is looked at: 0 is the whole call, 1 and up are closer. */
export const playerZoom = createStore(0);

/** Whose recording it is that was looked at so near: the next call's is seen whole again. */
let zoomedCall: CallId | null = null;

/** Makes the keys mean this sound while the component that shows it is there. `sound` must be stable. */
export function useOnScreen(sound: OnScreen | null): void {
  useEffect(() => {
    if (sound === null) return;
    if (sound.callId !== zoomedCall) playerZoom.set(0);
    zoomedCall = sound.callId;
    playerOnScreen.set(sound);
    return () => {
      if (playerOnScreen.get() === sound) playerOnScreen.set(null);
    };
  }, [sound]);
}

import { useEffect } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { TranscriptFormat } from '../../electron/core/transcript.ts';
import { createStore } from '../state/store.ts';

/** The transcript that keys and the palette mean: the one on screen. */
export type TranscriptOnScreen = {
  readonly callId: CallId;
  readonly copyAll: () => void;
  readonly save: (format: TranscriptFormat) => void;
};

/** The transcript on screen; null when there is none. */
export const transcriptOnScreen = createStore<TranscriptOnScreen | null>(null);

/** What is looked for in the transcript on screen; null while nothing is. */
export const soughtWords = createStore<string | null>(null);

/** A place of a call's transcript that is to be looked at as soon as it is there; null when none is. */
export const placeToShow = createStore<PlaceToShow | null>(null);

type PlaceToShow = {
  readonly callId: CallId;
  readonly segmentId: string;
  /** What is to be looked for; the place is the first one of it in the segment. */
  readonly words: string;
};

/** Looks for words in a transcript and goes to where they were said, now or once that is on screen; null forgets it. */
export function showInTranscript(place: PlaceToShow | null): void {
  placeToShow.set(place);
}

/** Makes the keys mean this transcript while the component that shows it is there. It must be stable. */
export function useTranscriptOnScreen(transcript: TranscriptOnScreen | null): void {
  useEffect(() => {
    if (transcript === null) return;
    transcriptOnScreen.set(transcript);
    return () => {
      if (transcriptOnScreen.get() === transcript) transcriptOnScreen.set(null);
    };
  }, [transcript]);
}

/** Looks for words in the transcript on screen. */
export function findInTranscript(): void {
  soughtWords.set(soughtWords.get() ?? '');
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('[data-find-words]');
    field?.focus();
    field?.select();
  });
}

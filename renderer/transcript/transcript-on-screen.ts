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

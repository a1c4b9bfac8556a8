import type { Cancel } from '../core/clock.ts';
import type { SoundPage } from '../core/page-sound.ts';

/** Where sound through the window finds its page. */
export type WindowSoundPort = {
  /** Calls `listener` with the page that is there, if any, and each that is loaded; returns how to stop. */
  readonly on: (listener: (page: SoundPage) => void) => Cancel;
};

/** The page of the window: one at a time, another after each reload. */
export type SoundPages = WindowSoundPort & {
  /** A page is there; the one before is over. */
  readonly join: (page: SoundPage) => void;
};

/** Begins without a page. */
export function createSoundPages(): SoundPages {
  let page: SoundPage | null = null;
  let listener: ((page: SoundPage) => void) | null = null;

  /** Until somebody listens, a page that goes away is only forgotten. */
  const watch = (watched: SoundPage): void => {
    watched.listen({
      onReport: () => {},
      onNeed: () => {},
      onCaptured: () => {},
      onGone: () => {
        if (page === watched) page = null;
      },
    });
  };

  return {
    on: next => {
      listener = next;
      if (page !== null) next(page);
      return () => {
        if (listener !== next) return;
        listener = null;
        if (page !== null) watch(page);
      };
    },
    join: next => {
      page?.close();
      page = next;
      if (listener === null) watch(next);
      else listener(next);
    },
  };
}

import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setTimeout> | null = null;

/** The time of the last tick, in ms since the epoch. All clocks in the window tick together. */
export function useClock(): number {
  return useSyncExternalStore(subscribe, read);
}

function read(): number {
  if (timer === null) now = Math.max(now, Date.now());
  return now;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearTimeout(timer);
    timer = null;
  };
}

function schedule(): void {
  timer = setTimeout(tick, TICK_MS - (Date.now() % TICK_MS));
}

function tick(): void {
  schedule();
  if (document.visibilityState === 'hidden') return;
  now = Date.now();
  for (const listener of [...listeners]) listener();
}

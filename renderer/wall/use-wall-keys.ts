import { type RefObject, useEffect, useRef } from 'react';
import { focusKind } from '../keys/move-focus.ts';
import { placeStore } from '../state/navigation.ts';
import { chosenCall, open, toggleAlone, toggleEar } from './wall-acts.ts';
import type { WallCall } from './wall-call.ts';
import { type Arrow, nextPlace } from './wall-focus.ts';
import type { WallPlaces } from './wall-places.ts';

/** A letter typed by itself runs after this quiet, as all bare letters do (keys/use-keys). */
const QUIET_MS = 150;

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * The keys of the wall: arrows move the focus in two directions, L hears, ⇧L hears only this, Enter
 * opens. They mean the call with the focus, else the one that was chosen, and come before the keys of
 * the window, where arrows mean something else.
 */
export function useWallKeys(
  grid: RefObject<HTMLElement | null>,
  places: WallPlaces,
  columns: number,
): void {
  // The wall changes while a letter waits for its moment of quiet, which must not be cut short.
  const latest = useRef({ places, columns });
  latest.current = { places, columns };
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const focused = (): number => {
      const cell = document.activeElement?.closest('[data-place]');
      return cell != null && grid.current?.contains(cell) === true
        ? Number(cell.getAttribute('data-place'))
        : -1;
    };
    const meant = (): WallCall | null => {
      const place = latest.current.places[focused()];
      return place === null || place === undefined ? chosenCall() : place.call;
    };
    const move = (arrow: Arrow) => {
      const { places, columns } = latest.current;
      const taken = places.map(place => place !== null);
      const chosen = grid.current?.querySelector('[aria-selected="true"]');
      const from = focused() >= 0 ? focused() : Number(chosen?.getAttribute('data-place') ?? -1);
      const to = nextPlace(from, arrow, columns, taken);
      grid.current?.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      clearTimeout(waiting);
      if (event.isComposing || placeStore.get().layer !== null || focusKind() === 'text') return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow !== undefined && !event.shiftKey) {
        event.preventDefault();
        move(arrow);
      } else if (event.key.toLowerCase() === 'l') {
        event.preventDefault();
        if (event.repeat) return;
        const alone = event.shiftKey;
        waiting = setTimeout(() => {
          const call = meant();
          if (call !== null) void (alone ? toggleAlone(call) : toggleEar(call));
        }, QUIET_MS);
      } else if (event.key === 'Enter' && focusKind() === 'none') {
        const call = meant();
        if (call === null) return;
        event.preventDefault();
        open(call);
      }
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      clearTimeout(waiting);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [grid]);
}

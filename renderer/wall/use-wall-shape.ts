import { useSyncExternalStore } from 'react';

/** Tiles show more of a call, strips show more calls. */
export type WallLook = 'tiles' | 'strips';

/** How a wall stands in a window: how many places there are in a row, and how many tiles are seen at once. */
type WallShape = { readonly columns: number; readonly tiles: number };

const WIDE = matchMedia('(min-width: 1600px)');
const MIDDLE = matchMedia('(min-width: 1080px)');

/** The shape the wall has in this window. */
export function useWallShape(look: WallLook): WallShape {
  const wide = useSyncExternalStore(onWide, () => WIDE.matches);
  const middle = useSyncExternalStore(onMiddle, () => MIDDLE.matches);
  return { columns: columnsOf(look, wide, middle), tiles: wide ? 56 : 12 };
}

function columnsOf(look: WallLook, wide: boolean, middle: boolean): number {
  if (look === 'strips') return middle ? 2 : 1;
  if (wide) return 7;
  return middle ? 4 : 3;
}

function onWide(listener: () => void): () => void {
  WIDE.addEventListener('change', listener);
  return () => WIDE.removeEventListener('change', listener);
}

function onMiddle(listener: () => void): () => void {
  MIDDLE.addEventListener('change', listener);
  return () => MIDDLE.removeEventListener('change', listener);
}

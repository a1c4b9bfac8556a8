import { isSameCall, type WallCall } from './wall-call.ts';

/** A place of the wall with the call that stands there. */
export type WallPlace = {
  readonly call: WallCall;
  /** When it ended, in ms since the epoch; it stays for a while. Null while it goes on. */
  readonly endedAt: number | null;
};

/** The places of the wall in their order; null is free. */
export type WallPlaces = readonly (WallPlace | null)[];

/** How long a call that is over keeps its place. */
export const STAYS_MS = 10_000;

/**
 * Gives each call a place. A call never changes its place: it stays there until it ends, then for 10 s,
 * and only then is the place free for the next call. Nothing is ever moved together.
 * @param calls the calls of now, the oldest first
 */
export function placeCalls(
  before: WallPlaces,
  calls: readonly WallCall[],
  now: number,
): WallPlaces {
  const places = before.map(place => settled(place, calls, now));
  const placed = (call: WallCall) =>
    places.some(place => place !== null && isSameCall(place.call, call));
  for (const call of calls) {
    if (placed(call)) continue;
    const free = places.indexOf(null);
    const place = { call, endedAt: null };
    if (free < 0) places.push(place);
    else places[free] = place;
  }
  return trimmed(places);
}

/** When the next place becomes free by itself, in ms since the epoch; null when none will. */
export function nextFree(places: WallPlaces): number | null {
  const ended = places.flatMap(place => (place?.endedAt == null ? [] : [place.endedAt]));
  return ended.length === 0 ? null : Math.min(...ended) + STAYS_MS;
}

/** How many calls of a wall go on. */
export function liveCount(places: WallPlaces): number {
  return places.filter(place => place !== null && place.endedAt === null).length;
}

function settled(
  place: WallPlace | null,
  calls: readonly WallCall[],
  now: number,
): WallPlace | null {
  if (place === null) return null;
  const call = calls.find(known => isSameCall(known, place.call));
  if (call !== undefined) return { call, endedAt: null };
  const endedAt = place.endedAt ?? now;
  return now - endedAt >= STAYS_MS ? null : { call: place.call, endedAt };
}

/** Free places at the end are no places. */
function trimmed(places: WallPlaces): WallPlaces {
  const last = places.findLastIndex(place => place !== null);
  return places.slice(0, last + 1);
}

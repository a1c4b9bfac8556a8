import { type RefObject, useCallback, useRef, useState } from 'react';
import { useAnswerTarget } from '../calls/use-ring-on-top.ts';
import { usePlace } from '../state/navigation.ts';
import { useStore } from '../state/use-store.ts';
import { EmptyWall } from './empty-wall.tsx';
import { useFrontCalls } from './use-front-calls.ts';
import { useWallKeys } from './use-wall-keys.ts';
import { useWallShape, type WallLook } from './use-wall-shape.ts';
import { wallSaying } from './wall-acts.ts';
import { WallHead } from './wall-head.tsx';
import type { WallPlace, WallPlaces } from './wall-places.ts';
import { useWall } from './wall-store.ts';
import { WallTile } from './wall-tile.tsx';

/** Every live call, whoever started it: each in a place of its own, which it keeps until it ends. */
export function WallView() {
  const { all, shown, filter } = useWall();
  const [look, setLook] = useLook(all.length);
  const grid = useRef<HTMLDivElement>(null);
  const bring = useCallback((place: number): HTMLElement | null => {
    const cell = grid.current?.querySelector<HTMLElement>(`[data-place="${place}"]`) ?? null;
    cell?.scrollIntoView({ block: 'nearest' });
    return cell;
  }, []);
  const show = useCallback((place: number) => bring(place)?.focus(), [bring]);
  useFrontCalls(shown, bring);
  return (
    <main className="wall" data-look={look} data-pane="wall">
      <WallHead places={shown} filter={filter} look={look} onLook={setLook} onShow={show} />
      {shown.length === 0 ? (
        <EmptyWall filter={filter} />
      ) : (
        <WallGrid places={shown} look={look} grid={grid} />
      )}
      <Saying />
    </main>
  );
}

type WallGridProps = {
  readonly places: WallPlaces;
  readonly look: WallLook;
  readonly grid: RefObject<HTMLDivElement | null>;
};

function WallGrid({ places, look, grid }: WallGridProps) {
  const { columns } = useWallShape(look);
  const chosenId = usePlace(place => place.callId);
  const chosenSid = usePlace(place => place.accountCallSid);
  const onTop = useAnswerTarget();
  useWallKeys(grid, places, columns);
  const isChosen = (place: WallPlace | null) =>
    place !== null &&
    (chosenId === null
      ? chosenSid !== null && place.call.callSid === chosenSid
      : place.call.callId === chosenId);
  const chosen = places.findIndex(isChosen);
  const stop = chosen >= 0 ? chosen : places.findIndex(place => place !== null);
  const rows = Array.from(
    { length: Math.ceil(places.length / columns) },
    (_, row) => row * columns,
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would not stand as tiles
    <div
      className="wall-grid"
      role="grid"
      aria-label="Live calls"
      ref={grid}
      data-columns={columns}
    >
      {rows.map(first => (
        // biome-ignore lint/a11y: rows of a table would not stand as tiles; the focus is in their cells
        <div key={first} className="wall-row" role="row">
          {places.slice(first, first + columns).map((place, index) => {
            const at = first + index;
            return place === null ? (
              <div key={at} className="place-free" aria-hidden="true" />
            ) : (
              <WallTile
                key={at}
                call={place.call}
                endedAt={place.endedAt}
                place={at}
                look={look}
                chosen={at === chosen}
                stop={at === stop}
                onTop={onTop !== null && place.call.callId === onTop}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

/**
 * Tiles until there are more calls than tiles are seen at once, then strips; or as the person chose. It never
 * goes back by itself while the wall is looked at.
 */
function useLook(count: number): readonly [WallLook, (look: WallLook) => void] {
  const [chosen, choose] = useState<WallLook | null>(null);
  const [crowded, setCrowded] = useState(false);
  const { tiles } = useWallShape('tiles');
  if (count > tiles && !crowded) setCrowded(true);
  return [chosen ?? (crowded ? 'strips' : 'tiles'), choose];
}

/** What was just done to the ears. */
function Saying() {
  const words = useStore(wallSaying, said => said);
  return (
    <p className="wall-saying" role="status" data-empty={words === ''}>
      {words}
    </p>
  );
}

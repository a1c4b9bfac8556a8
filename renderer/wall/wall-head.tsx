import { SearchField } from '../controls/search-field.tsx';
import { showSection } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { AttentionChips } from './attention-chips.tsx';
import type { WallLook } from './use-wall-shape.ts';
import { liveCount, type WallPlaces } from './wall-places.ts';
import { filterWall } from './wall-store.ts';

type WallHeadProps = {
  readonly places: WallPlaces;
  readonly filter: string;
  readonly look: WallLook;
  readonly onLook: (look: WallLook) => void;
  readonly onShow: (place: number) => void;
};

/** Over the wall: how many are live, who wants somebody, how calls are shown, and which. */
export function WallHead({ places, filter, look, onLook, onShow }: WallHeadProps) {
  return (
    <header className="wall-head">
      <h1 className="wall-count">
        <span className="unseen">Wall, </span>
        {liveCount(places)} live
      </h1>
      <AttentionChips places={places} onShow={onShow} />
      <WatchNote />
      <fieldset className="wall-looks">
        <legend className="unseen">How calls are shown</legend>
        {(['tiles', 'strips'] as const).map(one => (
          <button
            key={one}
            type="button"
            className="button small quiet"
            aria-pressed={one === look}
            onClick={() => onLook(one)}
          >
            {one === 'tiles' ? 'Tiles' : 'Strips'}
          </button>
        ))}
      </fieldset>
      <SearchField
        label="Filter by name or number"
        hint="Filter"
        value={filter}
        className="wall-filter"
        onChange={filterWall}
      />
      <span className="wall-order second">by start</span>
    </header>
  );
}

/** That the wall may lack calls of the account, and where it is put right. */
function WatchNote() {
  const watch = useConsole(state => state.accountWatch);
  const words =
    watch.status === 'failed'
      ? '▲ account not read'
      : watch.isCut
        ? '! more calls than shown'
        : null;
  if (words === null) return null;
  return (
    <button
      type="button"
      className="button small watch-note"
      data-status={watch.status}
      title={watch.problem?.message ?? 'The newest calls of the account are left out.'}
      onClick={() => showSection('supervision')}
    >
      {words}
    </button>
  );
}

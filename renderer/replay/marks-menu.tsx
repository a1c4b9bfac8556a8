import { DropdownMenu } from 'radix-ui';
import type { Marker } from '../../electron/core/recording.ts';
import { placedMarkerWords } from './marker-words.ts';
import { MenuButton } from './menu-button.tsx';
import { seekReplay } from './replay-acts.ts';

type MarksMenuProps = { readonly markers: readonly Marker[] };

/** What happened on the call, each with its time; chosen, the playhead goes there. */
export function MarksMenu({ markers }: MarksMenuProps) {
  const none = markers.length === 0;
  return (
    <MenuButton
      name={`Marks ${markers.length}`}
      label={`Marks: ${markers.length}`}
      disabled={none}
      title={none ? 'Nothing happened that is marked: no keys, hold, or lost sound' : undefined}
    >
      {markers.map(marker => (
        <DropdownMenu.Item
          key={`${marker.kind}-${marker.atMs}`}
          className="menu-item"
          onSelect={() => seekReplay(marker.atMs)}
        >
          <span className="cut">{placedMarkerWords(marker)}</span>
        </DropdownMenu.Item>
      ))}
    </MenuButton>
  );
}

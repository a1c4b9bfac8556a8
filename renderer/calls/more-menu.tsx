import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { showLayer } from '../state/navigation.ts';
import { PeopleItems } from '../supervision/people-items.tsx';
import { RecordItems } from './record-items.tsx';

type MoreMenuProps = { readonly call: LiveCall };

/** Who is on the call, and the controls for which a narrow window has no room. */
export function MoreMenu({ call }: MoreMenuProps) {
  const byPointer = useRef(false);
  const [narrow, setNarrow] = useState(false);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={() => setNarrow(isNarrow())}>
      <DropdownMenu.Trigger
        className="control"
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
      >
        More
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        side="top"
        align="start"
        sideOffset={6}
        collisionPadding={8}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        <RecordItems call={call} />
        {narrow ? (
          <DropdownMenu.Item className="menu-item" onSelect={() => requestAnimationFrame(showSay)}>
            Say a text…
          </DropdownMenu.Item>
        ) : null}
        <PeopleItems call={call} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** Below this width the control row leaves its last controls to the menu (call-controls.css). */
function isNarrow(): boolean {
  return window.matchMedia('(max-width: 1255px)').matches;
}

/** Opens once the menu is closed and has given the focus back. */
function showSay(): void {
  showLayer('say');
}

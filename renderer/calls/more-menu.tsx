import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { toggleRecording, toggleRecordingPause } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { showLayer } from '../state/navigation.ts';

type MoreMenuProps = { readonly call: LiveCall };

/** The controls for which a narrow window has no room. */
export function MoreMenu({ call }: MoreMenuProps) {
  const byPointer = useRef(false);
  const { recording } = call;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="control narrow-only"
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
        <DropdownMenu.CheckboxItem
          className="menu-item"
          checked={recording !== null}
          onSelect={toggleRecording}
        >
          <DropdownMenu.ItemIndicator className="menu-tick">▪</DropdownMenu.ItemIndicator>
          Record <KeyCap of="record" />
        </DropdownMenu.CheckboxItem>
        <DropdownMenu.CheckboxItem
          className="menu-item"
          checked={recording?.paused === true}
          disabled={recording === null}
          onSelect={toggleRecordingPause}
        >
          <DropdownMenu.ItemIndicator className="menu-tick">‖</DropdownMenu.ItemIndicator>
          Pause recording
          {recording === null ? <span className="second">nothing is recorded now</span> : null}
        </DropdownMenu.CheckboxItem>
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Item className="menu-item" onSelect={() => requestAnimationFrame(showSay)}>
          Say a text…
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** Opens once the menu is closed and has given the focus back. */
function showSay(): void {
  showLayer('say');
}

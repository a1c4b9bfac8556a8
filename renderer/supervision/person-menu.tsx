import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Leg } from '../../electron/core/room.ts';
import { act } from '../state/refusals.ts';

type PersonMenuProps = {
  readonly call: LiveCall;
  readonly leg: Leg;
  readonly name: string;
};

/** What can be done to somebody on a call; taking them out asks a second time. */
export function PersonMenu({ call, leg, name }: PersonMenuProps) {
  const byPointer = useRef(false);
  const [asks, setAsks] = useState(false);
  const inRoom = call.room?.shape === 'conference';
  const common = { callId: call.id, leg: leg.sid } as const;
  const isThere = inRoom && leg.status === 'joined';
  return (
    <DropdownMenu.Root modal={false} onOpenChange={() => setAsks(false)}>
      <DropdownMenu.Trigger
        className="button quiet icon"
        aria-label={`What to do with ${name}`}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        align="end"
        sideOffset={4}
        collisionPadding={8}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        {inRoom ? null : (
          <DropdownMenu.Label className="menu-label">Only in a conference</DropdownMenu.Label>
        )}
        <DropdownMenu.Item
          className="menu-item"
          disabled={!isThere}
          onSelect={() => act({ command: 'hold-person', ...common, on: !leg.held })}
        >
          {leg.held ? `Bring ${name} back from hold` : `Put ${name} on hold, with music`}
        </DropdownMenu.Item>
        <DropdownMenu.Item
          className="menu-item"
          disabled={!isThere}
          onSelect={() => act({ command: 'mute-person', ...common, on: !leg.muted })}
        >
          {leg.muted ? `Let ${name} be heard` : `Mute ${name} for everyone`}
        </DropdownMenu.Item>
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Item
          className="menu-item"
          data-tone="danger"
          disabled={!inRoom}
          onSelect={event => {
            if (asks) return act({ command: 'remove-person', ...common });
            event.preventDefault();
            setAsks(true);
          }}
        >
          {asks ? `Remove ${name}: press again, it ends their call` : `Remove ${name}…`}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

import { MessageSquareText } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { LiveCall } from '../../electron/core/call.ts';
import { showLayer, usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { nameInState } from '../words/names.ts';
import { ControlButton } from './control-button.tsx';
import { MoreMenu } from './more-menu.tsx';
import { SayField } from './say-field.tsx';

type SayControlProps = { readonly call: LiveCall };

/**
 * Opens a field whose words a voice speaks into the call, for when talking is not possible. A narrow
 * window has a menu in its place, which leads there too.
 */
export function SayControl({ call }: SayControlProps) {
  const open = usePlace(place => place.layer === 'say');
  const name = useConsole(state => nameInState(call, state));
  return (
    <Popover.Root open={open} onOpenChange={next => showLayer(next ? 'say' : null)}>
      <Popover.Anchor className="say-anchor">
        <Popover.Trigger asChild>
          <ControlButton name="Say…" Icon={MessageSquareText} place="wide-only" />
        </Popover.Trigger>
        <MoreMenu call={call} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="popover say-popover"
          aria-label="Say a text"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
        >
          <SayField
            callId={call.id}
            label={`A voice says this to ${name}`}
            hint="Type what to say"
            takesFocus
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

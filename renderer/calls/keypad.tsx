import { Grid3x3 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Call } from '../../electron/core/call.ts';
import { DigitPad } from '../controls/digit-pad.tsx';
import { focusKind } from '../keys/move-focus.ts';
import { showLayer, usePlace } from '../state/navigation.ts';
import { act } from '../state/refusals.ts';
import { ControlButton } from './control-button.tsx';

type KeypadProps = { readonly call: Call; readonly disabledWhy: string | undefined };

/** Sends tones to the other side, by pointer or by typing digits while it is open. */
export function Keypad({ call, disabledWhy }: KeypadProps) {
  const open = usePlace(place => place.layer === 'keypad');
  return (
    <Popover.Root open={open} onOpenChange={next => showLayer(next ? 'keypad' : null)}>
      <Popover.Trigger asChild>
        <ControlButton name="Keypad" shortcut="keypad" Icon={Grid3x3} disabledWhy={disabledWhy} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          aria-label="Keypad"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          onOpenAutoFocus={event => event.preventDefault()}
          onCloseAutoFocus={event => event.preventDefault()}
        >
          <OpenKeypad callId={call.id} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OpenKeypad({ callId }: { readonly callId: string }) {
  const [sent, setSent] = useState('');
  useEffect(() => {
    const onKeyDown = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey || !/^[0-9*#]$/.test(key) || focusKind() === 'text') return;
      send(key);
    };
    const send = (digits: string) => {
      setSent(before => before + digits);
      act({ command: 'send-digits', callId, digits });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [callId]);
  return (
    <>
      <output className="digits-sent" aria-label="Digits sent">
        {sent === '' ? <span className="second">Type digits, or press keys</span> : sent}
      </output>
      <DigitPad
        onDigit={digits => {
          setSent(before => before + digits);
          act({ command: 'send-digits', callId, digits });
        }}
      />
    </>
  );
}

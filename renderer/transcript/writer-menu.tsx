import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { TRANSCRIBERS } from '../../electron/core/transcription.ts';
import { showSection } from '../state/navigation.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { WRITER_NAMES, writerObstacle, writerWords } from './writer-words.ts';

type WriterMenuProps = { readonly call: LiveCall };

/** The menu keeps this far from the edges of the window, in pixels; below is the reach bar. */
const CLEAR_OF_REACH_BAR = { top: 8, right: 8, bottom: 60, left: 8 };

/** Who writes this call down, and who else could. Those who cannot say why. */
export function WriterMenu({ call }: WriterMenuProps) {
  const byPointer = useRef(false);
  const packs = useConsole(state => state.packs);
  const transcriberKeys = useConsole(state => state.transcriberKeys);
  const current = writerWords(call);
  const writers = TRANSCRIBERS.map(name => ({
    name,
    obstacle: writerObstacle(name, call, { packs, transcriberKeys }),
  }));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="device writer"
        aria-label={`Written down by: ${current}`}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
      >
        <span className="cut">{current}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu"
        align="start"
        sideOffset={6}
        collisionPadding={CLEAR_OF_REACH_BAR}
        onCloseAutoFocus={event => byPointer.current && event.preventDefault()}
      >
        <DropdownMenu.RadioGroup value={call.transcription.by ?? 'off'}>
          {writers.map(({ name, obstacle }) => (
            <DropdownMenu.RadioItem
              key={name}
              className="menu-item"
              value={name}
              disabled={obstacle !== null}
              onSelect={() => act({ command: 'transcribe', callId: call.id, by: name })}
            >
              <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
              {WRITER_NAMES[name]}
              {obstacle === null ? null : <span className="menu-why">{obstacle}</span>}
            </DropdownMenu.RadioItem>
          ))}
          <DropdownMenu.RadioItem
            className="menu-item"
            value="off"
            onSelect={() => act({ command: 'transcribe', callId: call.id, by: 'off' })}
          >
            <DropdownMenu.ItemIndicator className="menu-tick">✓</DropdownMenu.ItemIndicator>
            {call.carrier === 'gather' ? 'In turns only' : 'Off for this call'}
          </DropdownMenu.RadioItem>
        </DropdownMenu.RadioGroup>
        {writers.some(({ obstacle }) => obstacle !== null) ? (
          <>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => showSection('transcripts')}>
              Set up…
            </DropdownMenu.Item>
          </>
        ) : null}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

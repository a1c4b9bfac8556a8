import { DropdownMenu } from 'radix-ui';
import type { LiveCall } from '../../electron/core/call.ts';
import { toggleRecording, toggleRecordingPause } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';

type RecordItemsProps = { readonly call: LiveCall };

/** Menu items that record a call and pause its recording. */
export function RecordItems({ call: { recording } }: RecordItemsProps) {
  return (
    <>
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
    </>
  );
}

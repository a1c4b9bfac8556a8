import type { CallId } from '../../electron/core/call.ts';
import type { KeyAct } from '../keys/key-table.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { act } from '../state/refusals.ts';
import { handBack, leaveCall, stopAsking } from '../supervision/mode-acts.ts';
import type { ReachAct } from './reach-words.ts';

type Doing = {
  readonly name: string;
  readonly key: KeyAct | null;
  readonly run: (callId: CallId) => void;
};

const DOINGS: Readonly<Record<ReachAct, Doing>> = {
  stop: { name: 'Stop', key: null, run: stopAsking },
  open: {
    name: 'Open again',
    key: 'microphone',
    run: callId => act({ command: 'mute', callId, on: false }),
  },
  close: {
    name: 'Close mic',
    key: 'microphone',
    run: callId => act({ command: 'mute', callId, on: true }),
  },
  'hand-back': { name: 'Hand back', key: null, run: callId => void handBack(callId) },
  leave: { name: 'Leave', key: 'leave', run: leaveCall },
};

type ReachActButtonProps = { readonly of: ReachAct; readonly callId: CallId };

/** What can be done at once about who hears this desk. */
export function ReachActButton({ of, callId }: ReachActButtonProps) {
  const { name, key, run } = DOINGS[of];
  return (
    <button
      type="button"
      className="button"
      data-reach-act={of}
      aria-label={name}
      onClick={() => run(callId)}
    >
      <span className="reach-act-name">{name}</span>
      {key === null ? null : <KeyCap of={key} />}
    </button>
  );
}

import { type Call, isTalk, type LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';

/** Whether the other side of a live call is heard here now, or why not. */
export type Hearing =
  | 'heard'
  /** It carries words only. */
  | 'words'
  /** There is nothing to hear it on. */
  | 'no-speaker'
  | 'no-sound'
  | 'held'
  | 'silenced'
  /** Its past is listened to. */
  | 'rewound'
  /** Another call is heard alone. */
  | 'not-alone';

/** Whether the other side of a call is heard here now, by the rules that the sound follows (core/sound-plan). */
export function hearingOf(call: LiveCall, state: ConsoleState): Hearing {
  if (!isSounding(call)) return 'words';
  const { status } = state.sound.output;
  if (status === 'failed' || status === 'off') return 'no-speaker';
  if (isRewound(call, state)) return 'rewound';
  if (call.heldAt !== null) return 'held';
  if (!isSoundHere(call)) return 'no-sound';
  if (call.silenced) return 'silenced';
  return aloneCalls(state).length > 0 && !call.solo ? 'not-alone' : 'heard';
}

/** Whether a live call is one that is heard by sound: this desk's own, or one of others. */
function isSounding(call: Call): call is LiveCall {
  if (call.status !== 'live') return false;
  return call.room !== null || isTalk(call);
}

/** Whether sound of the call comes here: by its own stream, or beside it or by a seat among its legs. */
export function isSoundHere({ room, stream }: LiveCall): boolean {
  if (room === null) return stream;
  return room.listening || room.seat?.stream === true;
}

/** Whether the past of a live call is listened to. */
export function isRewound(call: Call, { replay }: ConsoleState): boolean {
  return replay?.source === 'live' && replay.callId === call.id;
}

/** Who is heard alone, by name: `Sam`, `Sam and Lee`; empty when nobody is. */
export function aloneNames(state: ConsoleState): string {
  const names = aloneCalls(state).map(call => nameInState(call, state));
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Whether several calls carry sound, so that their places and who is heard alone matter. */
export function hasCompany(state: ConsoleState): boolean {
  return state.calls.filter(isSounding).length > 1;
}

/** What sets the sound of a call apart, for its row in the list; null for a call that is simply heard. */
export function soundMark(
  call: LiveCall,
  state: ConsoleState,
): 'silenced' | 'rewound' | 'alone' | 'not-alone' | null {
  const hearing = hearingOf(call, state);
  if (hearing === 'silenced' || hearing === 'rewound' || hearing === 'not-alone') return hearing;
  return hearing === 'heard' && call.solo ? 'alone' : null;
}

function aloneCalls({ calls }: ConsoleState): readonly LiveCall[] {
  return calls
    .filter(isSounding)
    .filter(call => call.solo && call.heldAt === null && !call.silenced);
}

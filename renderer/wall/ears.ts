import type { Call, CallId, LiveCall } from '../../electron/core/call.ts';
import type { ConsoleState } from '../../electron/core/state.ts';

/** Where a call is heard. */
export type Ear = 'left' | 'middle' | 'right';

/** In the order they are given out: two calls are told apart best with one at each ear. */
const EARS: readonly Ear[] = ['left', 'right', 'middle'];

/** The place of the other side in the stereo picture. */
export const PANS: Readonly<Record<Ear, number>> = { left: -1, middle: 0, right: 1 };

/** From here on to a side it is an ear and not the middle. */
const SIDE_PAN = 0.34;

/** How a call of others is to be heard. */
type EarPlan = {
  readonly ear: Ear;
  /** The call that gives its ear up: it is followed on. */
  readonly replaced: CallId | null;
};

/** Where a live call is heard now, by the rules the sound follows (core/sound-plan); null when it is not. */
export function earOf(call: LiveCall, state: ConsoleState): Ear | null {
  if (!isAudible(call) || isRewound(call, state)) return null;
  const alone = state.calls.some(other => other.status === 'live' && other.solo && !isShut(other));
  if (alone && !call.solo) return null;
  return earAt(call.pan);
}

/**
 * Which ear a call of others gets: the first that is free, or that of the call listened to the longest.
 * @param order the calls in the order they were listened to
 */
export function planEar(
  state: ConsoleState,
  target: CallId | null,
  order: readonly CallId[],
): EarPlan {
  // Those silenced by one that is heard alone keep their ears: it will not stay alone.
  const taken = state.calls.filter(
    (call): call is LiveCall => isListenedTo(call) && call.id !== target,
  );
  if (taken.length >= EARS.length) {
    const [oldest] = [...taken].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    if (oldest !== undefined) {
      return { ear: earAt(oldest.pan), replaced: oldest.id };
    }
  }
  const ears = new Set(taken.map(call => earAt(call.pan)));
  return { ear: EARS.find(ear => !ears.has(ear)) ?? 'middle', replaced: null };
}

/** The calls that are heard alone, beside one. */
export function aloneBeside(state: ConsoleState, target: CallId | null): readonly CallId[] {
  return state.calls
    .filter(call => call.status === 'live' && call.solo && call.id !== target)
    .map(call => call.id);
}

function isListenedTo(call: Call): call is LiveCall {
  return call.status === 'live' && call.kind === 'supervised' && isAudible(call);
}

function isAudible(call: LiveCall): boolean {
  return carriesSound(call) && !isShut(call);
}

function carriesSound({ room, kind, carrier, stream }: LiveCall): boolean {
  if (room !== null) return room.listening || room.seat?.stream === true;
  return kind === 'direct' && carrier === 'stream' && stream;
}

function isShut(call: LiveCall): boolean {
  return call.heldAt !== null || call.silenced;
}

function isRewound(call: LiveCall, { replay }: ConsoleState): boolean {
  return replay?.source === 'live' && replay.callId === call.id;
}

function earAt(pan: number): Ear {
  if (pan <= -SIDE_PAN) return 'left';
  return pan >= SIDE_PAN ? 'right' : 'middle';
}

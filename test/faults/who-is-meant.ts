import { asLive } from '../../electron/core/call.ts';
import type { ToldEvent } from '../../electron/core/events.ts';
import { type Leg, type Mode, modeOf } from '../../electron/core/room.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';

/** Which legs a mode is for. Source: twilio.md §9.2. */
const IS_FOR: Readonly<Record<Mode, (leg: Leg) => boolean>> = {
  listen: () => false,
  whisper: leg => leg.role === 'agent',
  barge: () => true,
  takeover: leg => leg.role === 'customer',
};

/**
 * Tells who may hear the desk, by what a person was told and did and nothing else: from a mode's request
 * on nobody, until it was confirmed and the microphone was opened by an act after the request.
 */
export function whoIsMeant(): (event: ToldEvent, state: ConsoleState) => ReadonlySet<string> {
  const calls = new Map<string, { mode: Mode; hasActed: boolean }>();
  return (event, state) => {
    if (event.event === 'mode-requested') {
      calls.set(event.callId, { mode: 'listen', hasActed: false });
    } else if (event.event === 'mode-confirmed') {
      const known = calls.get(event.callId);
      calls.set(event.callId, { hasActed: known?.hasActed ?? false, mode: event.mode });
    } else if (event.event === 'mode-refused' || event.event === 'call-ended') {
      calls.delete(event.callId);
    } else if (event.event === 'mute-changed' && !event.on) {
      const known = calls.get(event.callId);
      if (known !== undefined) known.hasActed = true;
    } else if (event.event === 'talk-key-changed' && event.held) {
      for (const known of calls.values()) known.hasActed = true;
    }
    const call = asLive(findCall(state, state.microphone));
    const known = call === null ? undefined : calls.get(call.id);
    if (call?.room == null || known?.hasActed !== true) return new Set();
    if (call.muted && !state.talkKeyHeld) return new Set();
    // What others did to the seat counts as soon as it is known here.
    if (modeOf(call.room) === 'listen') return new Set();
    const there = call.room.legs.filter(leg => leg.status === 'joined' && !leg.held);
    const coached = call.room.seat?.confirmed?.coaching ?? null;
    return new Set(
      there
        .filter(leg => IS_FOR[known.mode](leg) && (coached === null || coached === leg.sid))
        .map(({ sid }) => sid),
    );
  };
}

import { asLive, type CallId } from '../../electron/core/call.ts';
import { hearersOf, modeOf } from '../../electron/core/room.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import { joinNames, legNamesIn } from '../words/room-words.ts';

/** Who came to an open whisper and would hear it, so that the microphone was closed. */
export type MoreEars = { readonly callId: CallId; readonly names: string };

/** Watches open whispers; tells who would newly hear one once the desk's rules shut its microphone. */
export type EarWatch = { readonly notice: (state: ConsoleState) => MoreEars | null };

/** Makes a watch for one desk. */
export function createEarWatch(): EarWatch {
  let open: { readonly callId: CallId; readonly heard: ReadonlySet<string> } | null = null;
  let told: MoreEars | null = null;
  return {
    notice(state) {
      const call = asLive(findCall(state, state.microphone));
      const room = call?.room ?? null;
      if (call === null || room === null) {
        open = null;
        told = null;
        return null;
      }
      const hearers = hearersOf(room);
      const before = open?.callId === call.id ? open.heard : null;
      if (!call.muted) {
        told = null;
        const isWhisper = modeOf(room) === 'whisper' && hearers.length > 0;
        open = isWhisper
          ? { callId: call.id, heard: before ?? new Set(hearers.map(leg => leg.sid)) }
          : before === null
            ? null
            : open;
        return null;
      }
      open = null;
      const newer = before === null ? [] : hearers.filter(leg => !before.has(leg.sid));
      if (newer.length > 0) {
        told = { callId: call.id, names: joinNames(newer.map(legNamesIn(call, state))) };
      } else if (told !== null && (told.callId !== call.id || hearers.length === 0)) {
        told = null;
      }
      return told;
    },
  };
}

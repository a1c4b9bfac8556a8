import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import type { SegmentPlace } from '../../electron/core/segment.ts';
import type { OnScreen } from '../replay/player-on-screen.ts';
import { recordedMoment } from '../replay/recording-state.ts';
import { REWIND_MS } from '../waveform/strip-view.ts';

/** A recording this near to a moment holds it, in ms. */
const NEAR_MS = 1000;

/**
 * Why a piece cannot be heard again; null when it can.
 * @param lengthMs how much sound of a live call there is by now
 */
export function whyNoSound(
  place: SegmentPlace | null,
  call: LiveCall | EndedCall,
  sound: OnScreen | null,
  lengthMs: number,
): string | null {
  if (call.kind === 'notify' || (call.status === 'live' && call.carrier === 'gather')) {
    return 'This call carries words only: there is no sound to hear';
  }
  if (place === null) return 'Where it stands in the sound is not known';
  if (sound === null || sound.callId !== call.id) {
    return call.status === 'live' ? 'No sound of this call is here' : 'This call was not recorded';
  }
  if (sound.source === 'kept') {
    const nearest = recordedMoment(place.atMs, sound.recordings);
    return Math.abs(nearest - place.atMs) > NEAR_MS ? 'Not recorded here' : null;
  }
  if (lengthMs === 0) return 'No sound of this call is here';
  return lengthMs - place.atMs > REWIND_MS
    ? 'Of a live call the last 30 minutes can be heard again'
    : null;
}

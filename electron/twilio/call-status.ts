import type { AnsweredBy, Direction, EndReason } from '../core/call.ts';
import type { BookedCall, Progress } from './call-book.ts';

/** How much earlier than ours Twilio's own limit may end a call that has reached the longest time. */
const LIMIT_MARGIN_MS = 3000;

/** A status word as it is compared: callbacks of relays write it in their own ways. */
export function statusWord(status: string): string {
  return status.trim().toLowerCase();
}

/** How far a Twilio status says a call has come; null for a word Twilio does not use. Source: Calls resource, `status`. */
export function progressOf(status: string): Exclude<Progress, 'waiting'> | null {
  switch (statusWord(status)) {
    case 'queued':
    case 'initiated':
      return 'requested';
    case 'ringing':
      return 'ringing';
    case 'in-progress':
      return 'answered';
    case 'completed':
    case 'busy':
    case 'failed':
    case 'no-answer':
    case 'canceled':
      return 'ended';
    default:
      return null;
  }
}

/** Twilio's word for a direction, seen from this desk: `outbound-api` and `outbound-dial` go out. */
export function directionOf(word: string): Direction {
  return statusWord(word).startsWith('outbound') ? 'outbound' : 'inbound';
}

/** Who took a call, by Twilio's word; null for a word of no detection. Source: Calls resource, `AnsweredBy`. */
export function answererOf(word: string): AnsweredBy | null {
  if (word === 'human' || word === 'fax' || word === 'unknown') return word;
  return word.startsWith('machine_') ? 'machine' : null;
}

/** Why a call ended, from its last Twilio status and what was done here. @param now ms since the epoch */
export function endReason(
  call: BookedCall,
  status: string,
  wasAnswered: boolean,
  now: number,
): EndReason {
  const hungUp = call.endedHere ? 'hung-up-here' : hungUpThere(call, now);
  if (call.direction === 'inbound') {
    // Twilio gave up: it did not reach this desk, and nobody hung up.
    if (status === 'failed' && call.decision !== 'decline' && !call.endedHere) return status;
    if (wasAnswered) return hungUp;
    return call.decision === 'decline' || call.endedHere ? 'declined' : 'missed';
  }
  if (status === 'busy' || status === 'no-answer' || status === 'failed') return status;
  if (!wasAnswered) return call.endedHere || status === 'canceled' ? 'cancelled' : 'failed';
  return call.kind === 'notify' && call.answeredBy === 'machine' ? 'voicemail' : hungUp;
}

/** An answered call ended and nobody here asked for it: Twilio's limit, our message's end, or the other side. */
function hungUpThere({ endsBy, kind, speaksUntil }: BookedCall, now: number): EndReason {
  if (endsBy !== null && now >= endsBy - LIMIT_MARGIN_MS) return 'timed-out';
  const spoken = kind === 'notify' && speaksUntil !== null && now >= speaksUntil;
  return spoken ? 'hung-up-here' : 'hung-up-there';
}

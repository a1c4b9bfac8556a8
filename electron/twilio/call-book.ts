import type { CallId, Direction, EndReason } from '../core/call.ts';
import type { CallStatus } from './rest.ts';

/** What a desk decided about a call that rings here. */
export type Decision = 'answer' | 'decline';

/** How far a call has come; it never goes back. */
export type Progress = 'requested' | 'ringing' | 'answered' | 'ended';

const ORDER: readonly Progress[] = ['requested', 'ringing', 'answered', 'ended'];

/** One call as the Twilio edge knows it. Mutable: only the voice line changes it. */
export type BookedCall = {
  readonly id: CallId;
  readonly direction: Direction;
  sid: string | null;
  progress: Progress;
  decision: Decision | null;
  /** True once a hang-up was asked for here. */
  endedHere: boolean;
  /** Open streams of this call. */
  streams: number;
};

/** Calls that are over and still recognised: what Twilio says of a call may come after its end. */
const REMEMBERED_CALLS = 1000;

/** The calls of the Twilio edge, found by either name. */
export class CallBook {
  readonly #over = new Set<string>();
  readonly #byId = new Map<CallId, BookedCall>();
  readonly #bySid = new Map<string, BookedCall>();

  /** Opens an entry. */
  open(id: CallId, direction: Direction, sid: string | null): BookedCall {
    const call: BookedCall = {
      id,
      direction,
      sid: null,
      progress: 'requested',
      decision: null,
      endedHere: false,
      streams: 0,
    };
    this.#byId.set(id, call);
    if (sid !== null) this.name(call, sid);
    return call;
  }

  /** Gives a call its CallSid. @returns false when it already had it */
  name(call: BookedCall, sid: string): boolean {
    if (call.sid === sid) return false;
    call.sid = sid;
    this.#bySid.set(sid, call);
    return true;
  }

  /** The call with this id. */
  byId(id: CallId | undefined): BookedCall | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** The call with this CallSid. */
  bySid(sid: string): BookedCall | undefined {
    return this.#bySid.get(sid);
  }

  /** Closes an entry. */
  close(call: BookedCall): void {
    this.#byId.delete(call.id);
    if (call.sid === null) return;
    this.#bySid.delete(call.sid);
    this.remember(call.sid);
  }

  /** Remembers that a call is over, also one that was never booked. */
  remember(sid: string): void {
    this.#over.add(sid);
    const [oldest] = this.#over;
    if (this.#over.size > REMEMBERED_CALLS && oldest !== undefined) this.#over.delete(oldest);
  }

  /** Whether this is one of the latest calls that are over. */
  isOver(sid: string): boolean {
    return this.#over.has(sid);
  }

  /** All calls that are not over. */
  all(): BookedCall[] {
    return [...this.#byId.values()];
  }
}

/** Moves a call on. @returns false when it is already there or further: callbacks come late and twice */
export function moveOn(call: BookedCall, to: Progress): boolean {
  if (ORDER.indexOf(to) <= ORDER.indexOf(call.progress)) return false;
  call.progress = to;
  return true;
}

/** How far a Twilio status says a call has come; null for a word Twilio does not use. */
export function progressOf(status: string): Progress | null {
  switch (status as CallStatus) {
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

/** Why a call ended, from its last Twilio status and what was done here. */
export function endReason(call: BookedCall, status: string, wasAnswered: boolean): EndReason {
  if (call.direction === 'inbound') {
    if (wasAnswered) return call.endedHere ? 'hung-up-here' : 'hung-up-there';
    return call.decision === 'decline' || call.endedHere ? 'declined' : 'missed';
  }
  if (status === 'busy' || status === 'no-answer' || status === 'failed') return status;
  if (!wasAnswered) return call.endedHere || status === 'canceled' ? 'cancelled' : 'failed';
  return call.endedHere ? 'hung-up-here' : 'hung-up-there';
}

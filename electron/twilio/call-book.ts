import type { AnsweredBy, CallId, CallKind, Direction, Party } from '../core/call.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { LatestSids } from './latest-sids.ts';
import type { MediaStream } from './media-stream.ts';

/** What a desk decided about a call that rings here. */
export type Decision = 'answer' | 'decline' | 'enqueue';

/** How far a call has come; it never goes back. */
export type Progress = 'requested' | 'ringing' | 'waiting' | 'answered' | 'ended';

const ORDER: readonly Progress[] = ['requested', 'ringing', 'waiting', 'answered', 'ended'];

/** What is known of a call from its first moment. */
export type NewCall = {
  readonly id: CallId;
  readonly direction: Direction;
  readonly kind: CallKind;
  readonly them: Party;
  /** Our number on this call. */
  readonly ours: PhoneNumber;
};

/** Where a live call of this desk is when its sound does not come here: in a conference, or ringing somebody else. */
export type Away =
  | { readonly in: 'room'; readonly name: string }
  | { readonly in: 'transfer'; readonly to: string };

/** One call as the Twilio edge knows it. Mutable: only this edge changes it. Times in ms since the epoch. */
export type BookedCall = NewCall & {
  sid: string | null;
  progress: Progress;
  decision: Decision | null;
  /** True once a hang-up was asked for here. */
  endedHere: boolean;
  /** When it first rang here. */
  ringingSince: number | null;
  /** When the longest time a call may take is over; null when there is none. */
  endsBy: number | null;
  /** Who took it, as Twilio detected. */
  answeredBy: AnsweredBy | null;
  /** When a message that is spoken into the call cannot be over yet. */
  speaksUntil: number | null;
  /** True while nobody knows whether Twilio made it: the answer to the request for it was lost. */
  isDoubtful: boolean;
  /** Null while its sound comes here, or should: then a stream that is lost is connected again. */
  away: Away | null;
  /** True when Twilio cannot tell anything about this call by itself. */
  readonly isPolled: boolean;
  /** True once it was given a document that carries it, by this run or an earlier one. */
  isCarried: boolean;
  /** Its open streams. */
  readonly streams: Set<Pick<MediaStream, 'close' | 'streamSid'>>;
};

/** The calls of the Twilio edge, found by either name. */
export class CallBook {
  readonly #over = new LatestSids();
  readonly #byId = new Map<CallId, BookedCall>();
  readonly #bySid = new Map<string, BookedCall>();

  /** Opens an entry. @param isPolled whether Twilio must be asked how the call goes */
  open(introduced: NewCall, sid: string | null, isPolled = false): BookedCall {
    const { id, direction, kind, them, ours } = introduced;
    const call: BookedCall = {
      id,
      direction,
      kind,
      them,
      ours,
      sid: null,
      progress: 'requested',
      decision: null,
      endedHere: false,
      ringingSince: null,
      endsBy: null,
      answeredBy: null,
      speaksUntil: null,
      isDoubtful: false,
      away: null,
      isPolled,
      isCarried: false,
      streams: new Set(),
    };
    this.#byId.set(call.id, call);
    if (sid !== null) this.name(call, sid);
    return call;
  }

  /** Gives a call its CallSid. @returns false when it already had it */
  name(call: BookedCall, sid: string): boolean {
    if (call.sid === sid) return false;
    call.sid = sid;
    call.isDoubtful = false;
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

  /** A call dialled to this number that Twilio has not named yet. */
  unnamed(number: PhoneNumber): BookedCall | undefined {
    return this.all().find(
      ({ sid, direction, them }) =>
        sid === null && direction === 'outbound' && them.number === number,
    );
  }

  /** Takes back an entry of a call that never came here: Twilio may still tell of it. */
  withdraw(call: BookedCall): void {
    this.#byId.delete(call.id);
    if (call.sid !== null) this.#bySid.delete(call.sid);
  }

  /** Closes an entry. */
  close(call: BookedCall): void {
    this.#byId.delete(call.id);
    for (const [sid, named] of this.#bySid) {
      if (named !== call) continue;
      this.#bySid.delete(sid);
      this.remember(sid);
    }
  }

  /** Remembers that a call is over, also one that was never booked. */
  remember(sid: string): void {
    this.#over.add(sid);
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

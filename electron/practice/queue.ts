import { Emitter } from '../core/emitter.ts';
import type { PracticeCall } from './call.ts';
import type { Program } from './program.ts';
import { createSid } from './sid.ts';

/** Twilio's limit for a queue nobody asked to be longer. */
const DEFAULT_MAX_SIZE = 1000;

/** What a member does who is taken out of a queue, until it is over. */
type Meeting = (member: Program) => Promise<void>;

/** A call that waits in a queue. */
export class QueueMember {
  readonly call: PracticeCall;
  /** Milliseconds since the Unix epoch. */
  readonly enqueuedAt: number;
  readonly #left = new AbortController();
  #meeting: Meeting | undefined;

  constructor(call: PracticeCall, enqueuedAt: number) {
    this.call = call;
    this.enqueuedAt = enqueuedAt;
  }

  /** Aborts when somebody has taken the member. */
  get taken(): AbortSignal {
    return this.#left.signal;
  }

  /** What the member was taken for. */
  get meeting(): Meeting | undefined {
    return this.#meeting;
  }

  /** Ends the waiting: the member goes to `meeting`. */
  take(meeting: Meeting): void {
    this.#meeting = meeting;
    this.#left.abort();
  }

  /** Whole seconds waited by `now`. */
  waitedSeconds(now: number): number {
    return Math.round((now - this.enqueuedAt) / 1000);
  }
}

/** Calls that wait, the one that came first in front. */
export class CallQueue {
  readonly sid = createSid('QU');
  readonly createdAt: number;
  /** Told of everybody who joins. */
  readonly joined: Emitter<QueueMember>;
  friendlyName: string;
  maxSize: number;
  changedAt: number;
  readonly #members: QueueMember[] = [];

  constructor(friendlyName: string, at: number, onError: (error: unknown) => void) {
    this.friendlyName = friendlyName;
    this.maxSize = DEFAULT_MAX_SIZE;
    this.createdAt = at;
    this.changedAt = at;
    this.joined = new Emitter(onError);
  }

  /** Who waits, the front first. */
  get members(): readonly QueueMember[] {
    return this.#members;
  }

  /** Puts a call at the end; undefined when the queue is full. */
  join(call: PracticeCall, at: number): QueueMember | undefined {
    if (this.#members.length >= this.maxSize) return undefined;
    const member = new QueueMember(call, at);
    this.#members.push(member);
    this.changedAt = at;
    this.joined.emit(member);
    return member;
  }

  /** Takes a member out, if they are still there. */
  remove(member: QueueMember, at: number): void {
    const index = this.#members.indexOf(member);
    if (index < 0) return;
    this.#members.splice(index, 1);
    this.changedAt = at;
  }

  /** The place of a member; the front is 1. */
  positionOf(member: QueueMember): number {
    return this.#members.indexOf(member) + 1;
  }

  /** Average seconds the members have waited by `now`. */
  averageSeconds(now: number): number {
    const waited = this.#members.map(member => now - member.enqueuedAt);
    const sum = waited.reduce((total, ms) => total + ms, 0);
    return waited.length === 0 ? 0 : Math.round(sum / waited.length / 1000);
  }
}

/** The queues of an account: made when first named, or by REST. */
export class Queues {
  readonly #queues: CallQueue[] = [];
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;

  constructor(now: () => number, onError: (error: unknown) => void) {
    this.#now = now;
    this.#onError = onError;
  }

  /** The queue of this name; undefined when there is none. */
  find(name: string): CallQueue | undefined {
    return this.#queues.find(queue => queue.friendlyName === name);
  }

  /** The queue of this name, made now when there is none. */
  named(name: string): CallQueue {
    return this.find(name) ?? this.create(name);
  }

  /** The queue with this SID. */
  get(sid: string): CallQueue | undefined {
    return this.#queues.find(queue => queue.sid === sid);
  }

  /** Every queue, the oldest first. */
  list(): readonly CallQueue[] {
    return [...this.#queues];
  }

  /** Makes a queue. */
  create(name: string): CallQueue {
    const queue = new CallQueue(name, this.#now(), this.#onError);
    this.#queues.push(queue);
    return queue;
  }

  /** Forgets a queue. */
  remove(queue: CallQueue): void {
    this.#queues.splice(this.#queues.indexOf(queue), 1);
  }
}

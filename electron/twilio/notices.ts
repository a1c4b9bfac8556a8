import type { CallId } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { BookedCall } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import type { Webhook } from './server.ts';
import { nothing, type Spoken, speakMessage } from './twiml.ts';

/** A message that a call is made for. */
export type Notice = Spoken & {
  /** How long the call goes on after it, in seconds. */
  readonly hangUpAfterS: number;
};

/** The quickest any voice speaks, in ms a character: what takes so long may be the message itself. */
const QUICKEST_MS = 40;

/** What speaking messages needs of the rest. */
type NoticePorts = { readonly clock: Clock; readonly progress: () => CallProgress };

/** The messages of calls that are made only to speak one. */
export type Notices = {
  readonly keep: (call: BookedCall, notice: Notice) => void;
  /** The message's document for its call's first webhook; an empty one for every later webhook. */
  readonly serve: (call: BookedCall, webhook: Webhook) => string;
  /** A call that was made with its document was answered: its message is spoken now. */
  readonly begun: (call: BookedCall) => void;
  readonly forget: (call: BookedCall) => void;
};

/** Builds an empty store of messages. */
export function createNotices({ clock, progress }: NoticePorts): Notices {
  const kept = new Map<CallId, Notice>();

  const begin = (call: BookedCall, leastMs: (notice: Notice) => number, key?: string) => {
    const notice = kept.get(call.id);
    if (notice === undefined) return;
    kept.delete(call.id);
    call.speaksUntil = clock.now() + leastMs(notice);
    progress().said(call, notice, key);
    return notice;
  };

  return {
    keep: (call, notice) => {
      kept.set(call.id, notice);
    },
    serve: (call, { key }) => {
      const notice = begin(call, shortest, key);
      return notice === undefined ? nothing() : speakMessage(notice, notice.hangUpAfterS);
    },
    begun: call => {
      // Who is only asked now and then is told the answer too late to measure from it.
      begin(call, () => 0);
    },
    forget: ({ id }) => {
      kept.delete(id);
    },
  };
}

function shortest({ text, hangUpAfterS }: Notice): number {
  return text.length * QUICKEST_MS + hangUpAfterS * 1000;
}

import type { CallId, Party } from '../core/call.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { Settings } from '../core/settings.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { type CallWatch, problemKind } from './call-watch.ts';
import type { Ending } from './ending.ts';
import { messageTooLong, unreachableHere } from './line-problems.ts';
import type { Notice, Notices } from './notices.ts';
import type { Rest } from './rest.ts';
import { speakMessage } from './twiml.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How a call is dialled. */
export type DialOptions = {
  /** Keys pressed once the call is answered; turns machine detection off, as Twilio does. */
  readonly sendDigits?: string;
  /** Whether to find out who takes the call. */
  readonly detectMachine: boolean;
};

/** How a call is made that only speaks a message. */
export type NotifyOptions = Notice & {
  /** Whether to let a machine's greeting end before the message is spoken. */
  readonly detectMachine: boolean;
};

/** What dialling needs of the rest. */
type DiallingPorts = {
  readonly rest: Pick<Rest, 'dial' | 'end'>;
  readonly book: CallBook;
  readonly urls: WebhookUrls;
  readonly origin: () => string | null;
  readonly settings: () => Settings;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  readonly ending: Ending;
  readonly notices: Notices;
  readonly newCallId: () => CallId;
};

/** Starts calls. */
export type Dialling = {
  readonly dial: (to: Party, from: PhoneNumber, options: DialOptions) => Promise<CallId>;
  readonly notify: (to: Party, from: PhoneNumber, options: NotifyOptions) => Promise<CallId>;
  /** Done when no call is being asked for. */
  readonly settled: () => Promise<unknown>;
};

type Request = Parameters<Rest['dial']>[0];

/** The longest document a call can be made with, in characters. Source: Calls resource, `Twiml`. */
const INLINE_LIMIT = 4000;

/** How long after it must have stopped ringing a call may still show that it was made. */
const DOUBT_MS = 15_000;

/** Builds the way out. */
export function createDialling(ports: DiallingPorts): Dialling {
  const { rest, book, urls, progress, watch, ending, notices } = ports;
  const asking = new Set<Promise<CallId>>();

  /** Keeps a call that may ring: Twilio then tells of it by the id in its addresses. */
  const doubt = (call: BookedCall): void => {
    call.isDoubtful = true;
    if (call.endedHere) progress.status(call, 'canceled');
    if (call.progress === 'ended') return;
    watch.doubt(call, ports.settings().dialSeconds * 1000 + DOUBT_MS);
  };

  const place = async (call: BookedCall, request: Request): Promise<CallId> => {
    progress.request(call);
    try {
      const sid = await rest.dial(request);
      if (sid !== null) {
        progress.name(call, sid);
        // Ended while Twilio was still asked: nobody here would take the call.
        if (book.isOver(sid)) await rest.end(sid, 'completed');
      }
    } catch (error) {
      if (problemKind(error) !== 'call-uncertain' || call.isPolled) {
        progress.end(call, 'failed');
        throw error;
      }
      // A call that has shown itself meanwhile was made.
      if (call.sid === null) {
        doubt(call);
        throw error;
      }
    }
    // Also when it cannot be ended now: then how it goes on is seen by asking.
    watch.seen(call);
    if (call.endedHere) await ending.hangUp(call);
    return call.id;
  };

  const limits = () => {
    const { dialSeconds, longestCallMinutes } = ports.settings();
    return {
      timeoutS: dialSeconds,
      ...(longestCallMinutes === null ? {} : { timeLimitS: longestCallMinutes * 60 }),
    };
  };

  const dial: Dialling['dial'] = async (them, from, { sendDigits, detectMachine }) => {
    if (ports.origin() === null) throw unreachableHere();
    const id = ports.newCallId();
    const call = book.open({ id, direction: 'outbound', kind: 'direct', them, ours: from }, null);
    const detection = { machineDetection: 'detect', amdCallback: urls.answeredBy(id) } as const;
    return place(call, {
      to: them.number,
      from,
      url: urls.answered(id),
      statusCallback: urls.status(id),
      ...limits(),
      ...(sendDigits === undefined ? {} : { sendDigits }),
      ...(detectMachine && sendDigits === undefined ? detection : {}),
    });
  };

  const notify: Dialling['notify'] = async (them, from, options) => {
    const isPolled = ports.origin() === null;
    const twiml = speakMessage(options, options.hangUpAfterS);
    if (isPolled && twiml.length > INLINE_LIMIT) throw messageTooLong();
    const id = ports.newCallId();
    const introduced = { id, direction: 'outbound', kind: 'notify', them, ours: from } as const;
    const call = book.open(introduced, null, isPolled);
    notices.keep(call, options);
    const source = isPolled
      ? { twiml }
      : { url: urls.answered(id), statusCallback: urls.status(id) };
    return place(call, {
      to: them.number,
      from,
      ...source,
      ...limits(),
      // Without a callback Twilio waits for the greeting's end before it runs the document.
      ...(options.detectMachine ? { machineDetection: 'message-end' } : {}),
    });
  };

  const counted = (asked: Promise<CallId>): Promise<CallId> => {
    asking.add(asked);
    const done = (): boolean => asking.delete(asked);
    asked.then(done, done);
    return asked;
  };

  return {
    dial: (...call) => counted(dial(...call)),
    notify: (...call) => counted(notify(...call)),
    settled: () => Promise.allSettled(asking),
  };
}

import type { CallId, UnfinishedCall } from '../core/call.ts';
import { type Cancel, type Clock, within } from '../core/clock.ts';
import { roomName } from '../core/conference.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import { type CallProgress, carrierOf, introduced } from './call-progress.ts';
import { endReason, progressOf, statusWord } from './call-status.ts';
import { type CallWatch, problemKind } from './call-watch.ts';
import type { Rest } from './rest.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** The pause before Twilio is asked again; it doubles up to the longest. */
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** How long a webhook may wait until its call is known; Twilio gives up after 15 s. */
const SETTLE_LIMIT_MS = 8000;

/** What bringing calls back needs of the rest. */
type RestoringPorts = {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'fetch' | 'redirect'>;
  readonly book: CallBook;
  readonly origin: () => string | null;
  readonly isTrial: () => boolean;
  readonly urls: WebhookUrls;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  /** Whether a call, were it where this says, goes on with others. */
  readonly goesOnWithout: (call: Pick<BookedCall, 'sid' | 'away'>) => Promise<boolean>;
};

/** Brings back calls that an earlier run left at Twilio. */
export type Restoring = {
  /** Done when each call was asked about once. */
  readonly restore: (calls: readonly UnfinishedCall[]) => Promise<void>;
  /** Done when it is known where this call is, or that takes too long; at once for a call of this run. */
  readonly settled: (call: BookedCall) => Promise<void>;
  readonly close: () => void;
};

/** Builds what brings calls back. */
export function createRestoring(ports: RestoringPorts): Restoring {
  const { clock, rest, book, urls, progress, watch } = ports;
  const pauses = new Set<Cancel>();
  const asking = new Map<CallId, Promise<void>>();
  let closed = false;

  const again = (pauseMs: number, run: (nextPauseMs: number) => Promise<void>): void => {
    if (closed) return;
    const cancel = clock.after(pauseMs, () => {
      pauses.delete(cancel);
      void run(Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    });
    pauses.add(cancel);
  };

  const tell = (call: BookedCall, kept: UnfinishedCall, answeredAt: number | null): void => {
    const { startedAt } = kept;
    const carrier = carrierOf(call, ports.isTrial());
    progress.tell({
      event: 'call-restored',
      ...introduced(call),
      startedAt,
      answeredAt,
      ...(carrier === 'stream' ? {} : { carrier }),
    });
  };

  /** Lets a live call ask for its document, so that it comes to this run. */
  const fetchBack = async (call: BookedCall, pauseMs = FIRST_PAUSE_MS): Promise<void> => {
    const isHere = call.progress === 'ended' || call.streams.size > 0;
    if (isHere || call.sid === null || call.kind === 'notify') return;
    const away = { in: 'room', name: roomName(call.sid) } as const;
    if (await ports.goesOnWithout({ sid: call.sid, away }).catch(() => false)) {
      // Fetched back, it would be torn from those it talks with.
      call.away = away;
      return;
    }
    // The tunnel may still be opening.
    if (ports.origin() === null) return again(pauseMs, next => fetchBack(call, next));
    try {
      await rest.redirect(call.sid, { url: urls.voice(call.id, 'resume') });
    } catch (error) {
      if (problemKind(error) === 'not-available') return;
      again(pauseMs, next => fetchBack(call, next));
    }
  };

  /** Puts a call where it was when the earlier run ended. */
  const place = (call: BookedCall, { answeredAt, startedAt }: UnfinishedCall): void => {
    if (answeredAt !== null) {
      call.isCarried = true;
      progress.resume(call, answeredAt);
    } else if (call.progress === 'requested') {
      call.ringingSince = startedAt;
      call.progress = 'ringing';
    }
  };

  const ask = async (
    call: BookedCall,
    kept: UnfinishedCall,
    isTold = false,
    pauseMs = FIRST_PAUSE_MS,
  ): Promise<void> => {
    const { sid } = call;
    if (sid === null) return progress.end(call, 'interrupted', undefined, kept.lastSeenAt);
    const found = await rest.fetch(sid).catch(silenceOf);
    if (call.progress === 'ended') return;
    if (typeof found === 'string') {
      // Nobody says that the call is over, so it is not.
      if (!isTold) tell(call, kept, kept.answeredAt);
      place(call, kept);
      if (found === 'cannot-ask') return watch.seen(call);
      return again(pauseMs, next => ask(call, kept, true, next));
    }
    const reached = found === null ? null : progressOf(found.status);
    if (found === null) return progress.end(call, 'interrupted', undefined, kept.lastSeenAt);
    if (reached === 'ended') {
      const completed = kept.direction === 'outbound' && statusWord(found.status) === 'completed';
      const wasAnswered = kept.answeredAt !== null || completed;
      const reason = endReason(call, found.status, wasAnswered, clock.now());
      return progress.end(call, reason, undefined, found.endedAt ?? kept.lastSeenAt);
    }
    const taken = reached === 'answered' && kept.direction === 'outbound';
    const answeredAt = kept.answeredAt ?? (taken && !isTold ? clock.now() : null);
    if (!isTold) tell(call, kept, answeredAt);
    place(call, { ...kept, answeredAt });
    watch.seen(call);
    // Twilio took a call that nobody here answered: it waits in the queue.
    if (reached === 'answered' && kept.direction === 'inbound') progress.wait(call);
    else if (taken) progress.answer(call);
    if (call.progress === 'answered') await fetchBack(call);
  };

  return {
    restore: async calls => {
      // All are known here before the first webhook of one of them can come.
      const booked = calls.map(kept => ({ kept, call: book.open(kept, kept.sid) }));
      for (const { kept, call } of booked) {
        asking.set(
          call.id,
          ask(call, kept).finally(() => asking.delete(call.id)),
        );
      }
      await Promise.all(asking.values());
    },
    settled: async ({ id }) => {
      const asked = asking.get(id);
      if (asked !== undefined) await within(clock, SETTLE_LIMIT_MS, asked);
    },
    close: () => {
      closed = true;
      for (const cancel of pauses) cancel();
      pauses.clear();
    },
  };
}

/** Why nothing is known of a call: nobody can ever be asked, or Twilio does not answer now. */
function silenceOf(error: unknown): 'cannot-ask' | 'unreachable' {
  return problemKind(error) === 'not-available' ? 'cannot-ask' : 'unreachable';
}

import type { CallId, EndReason, Party } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { CallFact } from '../core/events.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import {
  type BookedCall,
  CallBook,
  type Decision,
  endReason,
  moveOn,
  type Progress,
  progressOf,
} from './call-book.ts';
import type { MediaStream } from './media-stream.ts';
import { PickUp } from './pick-up.ts';
import type { Rest } from './rest.ts';
import type { Webhook } from './server.ts';
import { StreamTokens } from './stream-tokens.ts';
import { connectStream, hangUpCall, keepRinging, rejectCall } from './twiml.ts';
import { type Introduction, introduction, text } from './webhook-fields.ts';

/** How long one webhook is kept open while a call rings here; Twilio gives up after 15 s. */
const RING_HOLD_MS = 8000;

/** How long a stream may be lost before Twilio is asked whether the call is over. */
const STREAM_GRACE_MS = 2000;

/** How long a call may show no sign of life while it rings before Twilio is asked. */
const RINGING_SILENCE_MS = 20_000;

/** How long hanging up may take when the line closes. */
const GOODBYE_LIMIT_MS = 3000;

/** What the voice line needs of the rest. */
export type VoiceLinePorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly rest: Rest;
  /** The public address without a path. */
  readonly origin: () => string;
  readonly newCallId: () => CallId;
  /** Told of everything that happens on calls. */
  readonly emit: (fact: CallFact) => void;
  /** Told of a failure that no command waits for. */
  readonly onProblem: (problem: Problem) => void;
};

/** Calls through Twilio: what is asked of it goes out by REST, what it says comes in by webhooks and streams. */
export type VoiceLine = {
  readonly dial: (to: Party, from: PhoneNumber) => Promise<CallId>;
  readonly answer: (id: CallId) => void;
  /** Ends a call, or declines it while it rings here. */
  readonly hangUp: (id: CallId) => Promise<void>;
  /** Answers `/voice/webhook` with TwiML. */
  readonly voiceWebhook: (webhook: Webhook) => Promise<string>;
  /** Takes note of `/voice/status`. */
  readonly statusWebhook: (webhook: Webhook) => void;
  /** The call a stream token lets into, or null. */
  readonly callOf: (token: string, callSid: string) => CallId | null;
  readonly streamStarted: (stream: MediaStream) => void;
  readonly streamEnded: (stream: MediaStream) => void;
  /** Hangs up every call, then forgets them. */
  readonly close: () => Promise<void>;
};

/** Builds the voice line. */
export function createVoiceLine(ports: VoiceLinePorts): VoiceLine {
  const { clock, log, rest, emit } = ports;
  const book = new CallBook();
  const tokens = new StreamTokens();
  const pickUp = new PickUp(clock);
  const checks = new Map<CallId, Cancel>();
  const dialing = new Set<Promise<CallId>>();
  let closing = false;

  const advance = (call: BookedCall, to: Progress, status: string, party?: Introduction): void => {
    const wasAnswered = call.progress === 'answered';
    if (!moveOn(call, to)) return;
    if (to === 'ringing' && party !== undefined) {
      emit({ event: 'call-ringing', callId: call.id, callSid: call.sid, ...party });
    } else if (to === 'answered') emit({ event: 'call-answered', callId: call.id });
    else if (to === 'ended') finish(call, endReason(call, status, wasAnswered));
  };

  const finish = (call: BookedCall, reason: EndReason): void => {
    checks.get(call.id)?.();
    checks.delete(call.id);
    tokens.revoke(call.id);
    book.close(call);
    pickUp.decide(call.id, null);
    emit({ event: 'call-ended', callId: call.id, reason });
  };

  const name = (call: BookedCall, sid: string): void => {
    if (call.progress === 'ended') book.remember(sid);
    else if (book.name(call, sid)) emit({ event: 'call-named', callId: call.id, callSid: sid });
  };

  /** Asks Twilio about a call that may be over unnoticed, unless it shows a sign of life first. */
  const checkAfter = (call: BookedCall, delayMs: number): void => {
    checks.get(call.id)?.();
    const check = clock.after(delayMs, () => {
      checks.delete(call.id);
      ask(call).catch(() => checkAfter(call, delayMs));
    });
    checks.set(call.id, check);
  };

  const ask = async (call: BookedCall): Promise<void> => {
    if (call.sid === null) return;
    const status = await rest.status(call.sid);
    const progress = progressOf(status);
    if (progress === 'ended') advance(call, 'ended', status);
    else if (call.progress !== 'ended' && call.streams === 0) checkAfter(call, RINGING_SILENCE_MS);
  };

  const connect = (call: BookedCall): string => {
    advance(call, 'answered', 'in-progress');
    checkAfter(call, RINGING_SILENCE_MS);
    const resume = `${ports.origin()}/voice/webhook?callId=${call.id}&resume=1`;
    return connectStream(streamUrl(ports.origin()), tokens.mint(call.id), resume);
  };

  const ringHere = async (call: BookedCall, turn: number): Promise<string> => {
    checkAfter(call, RINGING_SILENCE_MS);
    const decision: Decision | null = call.decision ?? (await pickUp.wait(call.id, RING_HOLD_MS));
    if (decision === 'answer') return connect(call);
    if (decision === 'decline') {
      advance(call, 'ended', 'busy');
      return rejectCall();
    }
    if (call.progress === 'ended') return hangUpCall();
    return keepRinging(`${ports.origin()}/voice/webhook?callId=${call.id}&turn=${turn + 1}`);
  };

  const booked = ({ params, query }: Webhook): BookedCall => {
    const sid = text(params['CallSid']);
    const known = book.bySid(sid) ?? book.byId(query['callId']);
    if (known !== undefined) {
      name(known, sid);
      return known;
    }
    const direction = text(params['Direction']).startsWith('outbound') ? 'outbound' : 'inbound';
    return book.open(ports.newCallId(), direction, sid);
  };

  /** A call that is over, or one dialled by a run or a request that has given it up. */
  const isNobodys = ({ params, query }: Webhook): boolean => {
    const sid = text(params['CallSid']);
    const known = book.bySid(sid) ?? book.byId(query['callId']);
    if (book.isOver(sid) || progressOf(text(params['CallStatus'])) === 'ended') return true;
    const dialled = text(params['Direction']).startsWith('outbound');
    return known === undefined && dialled && query['callId'] !== undefined;
  };

  const end = async (call: BookedCall): Promise<void> => {
    call.endedHere = true;
    if (call.direction === 'inbound' && call.progress === 'ringing') {
      call.decision = 'decline';
      const heard = pickUp.isAwaited(call.id);
      pickUp.decide(call.id, 'decline');
      // The next webhook takes the decision, unless nobody will be here to answer it.
      if (heard || !closing) return;
    }
    if (call.sid === null) return;
    const ringing = call.direction === 'outbound' && call.progress !== 'answered';
    const status = await rest.end(call.sid, ringing ? 'canceled' : 'completed');
    if (progressOf(status) === 'ended') advance(call, 'ended', status);
    else if (ringing) advance(call, 'ended', await rest.end(call.sid, 'completed'));
  };

  const dial: VoiceLine['dial'] = async (to, from) => {
    const call = book.open(ports.newCallId(), 'outbound', null);
    const party = { direction: 'outbound', them: to, ours: from } as const;
    emit({ event: 'call-requested', callId: call.id, callSid: null, ...party });
    try {
      const query = `callId=${call.id}`;
      const sid = await rest.dial({
        to: to.number,
        from,
        url: `${ports.origin()}/voice/webhook?${query}`,
        statusCallback: `${ports.origin()}/voice/status?${query}`,
      });
      name(call, sid);
      // Ended while Twilio was still asked: nobody here would take the call.
      if (book.isOver(sid)) await rest.end(sid, 'completed');
    } catch (error) {
      if (moveOn(call, 'ended')) finish(call, 'failed');
      throw error;
    }
    if (call.endedHere) await end(call);
    return call.id;
  };

  return {
    dial: (to, from) => {
      const asked = dial(to, from);
      dialing.add(asked);
      const done = (): boolean => dialing.delete(asked);
      asked.then(done, done);
      return asked;
    },
    answer: id => {
      const call = book.byId(id);
      if (call === undefined || call.direction !== 'inbound' || call.endedHere) return;
      call.decision = 'answer';
      pickUp.decide(id, 'answer');
    },
    hangUp: async id => {
      const call = book.byId(id);
      if (call !== undefined) await end(call);
    },
    voiceWebhook: async webhook => {
      if (isNobodys(webhook)) return hangUpCall();
      if (closing) return rejectCall();
      const call = booked(webhook);
      if (call.endedHere && call.progress === 'answered') return hangUpCall();
      advance(call, 'ringing', 'ringing', introduction(call, webhook));
      if (call.direction === 'outbound' || call.progress === 'answered') return connect(call);
      return ringHere(call, Number(webhook.query['turn'] ?? 0));
    },
    statusWebhook: webhook => {
      const status = text(webhook.params['CallStatus']);
      const progress = progressOf(status);
      const sid = text(webhook.params['CallSid']);
      const call = book.bySid(sid) ?? book.byId(webhook.query['callId']);
      if (call === undefined || progress === null) {
        if (progress === 'ended') book.remember(sid);
        log.debug({ status }, 'status of a call that is over or unknown');
        return;
      }
      name(call, sid);
      advance(call, progress, status, introduction(call, webhook));
    },
    callOf: (token, callSid) => {
      const id = tokens.callOf(token);
      return id !== null && book.byId(id)?.sid === callSid ? id : null;
    },
    streamStarted: ({ callId, streamSid }) => {
      const call = book.byId(callId);
      if (call === undefined) return;
      call.streams += 1;
      checks.get(callId)?.();
      checks.delete(callId);
      advance(call, 'answered', 'in-progress');
      emit({ event: 'stream-started', callId, streamSid });
    },
    streamEnded: ({ callId, streamSid }) => {
      const call = book.byId(callId);
      if (call === undefined) return;
      call.streams -= 1;
      if (call.streams > 0) return;
      emit({ event: 'stream-stopped', callId, streamSid });
      checkAfter(call, STREAM_GRACE_MS);
    },
    close: async () => {
      closing = true;
      const goodbyes = book.all().map(call => end(call).catch(error => report(error, ports)));
      await within(clock, GOODBYE_LIMIT_MS, Promise.allSettled([...goodbyes, ...dialing]));
      for (const call of book.all()) {
        if (moveOn(call, 'ended'))
          finish(call, call.decision === 'decline' ? 'declined' : 'interrupted');
      }
      pickUp.close();
    },
  };
}

/** Waits for work, but not for longer than `limitMs`. */
function within(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise(resolve => {
    const cancel = clock.after(limitMs, resolve);
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}

function streamUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/voice/stream`;
}

function report(error: unknown, { log, onProblem }: VoiceLinePorts): void {
  log.warn('a call could not be hung up');
  if (error instanceof ProblemError) onProblem(error.problem);
}

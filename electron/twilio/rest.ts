import type { PhoneNumber } from '../core/phone-number.ts';
import { answerOf, isGone, problemOf } from './refusals.ts';
import type { Client } from './rest-client.ts';

/** What Twilio knows a call by while and after it runs. Source: Calls resource, `status`. */
type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/** What a call does: asks an address, or follows a document of at most 4000 characters. */
type CallDocument =
  | { readonly url: string; readonly twiml?: never }
  | { readonly twiml: string; readonly url?: never };

/** A call to start. */
type OutgoingCall = CallDocument & {
  readonly to: PhoneNumber;
  readonly from: PhoneNumber;
  /** Where to tell how the call goes on. */
  readonly statusCallback?: string;
  /** Keys pressed once the call is answered; turns machine detection off. */
  readonly sendDigits?: string;
  /** How long it rings at most, in seconds; a minute when absent. */
  readonly timeoutS?: number;
  /** How long it takes at most once answered, in seconds. */
  readonly timeLimitS?: number;
  /** `detect`: tells who answered at once. `message-end`: tells it when an answering machine has finished speaking. */
  readonly machineDetection?: 'detect' | 'message-end';
  /** Where to tell who answered; the call goes on meanwhile. Without it the call waits for the detection. */
  readonly amdCallback?: string;
  /** The number shown to the person called, when `from` is a client or a SIP address. */
  readonly callerId?: PhoneNumber;
};

/** A call as Twilio has it. */
export type TwilioCall = {
  readonly sid: string;
  readonly status: CallStatus;
  /** `inbound`, `outbound-api`, `outbound-dial`. */
  readonly direction: string;
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  /** When it was answered, or made while it was not; in ms since the epoch, null when Twilio does not tell. */
  readonly startedAt: number | null;
  /** When it was over; in ms since the epoch, null while it is not. */
  readonly endedAt: number | null;
  /** Twilio's word for who answered; null when it was not asked for. */
  readonly answeredBy: string | null;
  /** The call whose `<Dial>` made this one. */
  readonly parentSid: string | null;
};

/** The Calls resource, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type Rest = {
  /**
   * Starts a call. A `call-uncertain` problem says that it may ring all the same.
   * @returns its CallSid; null when a relay started it without telling
   */
  readonly dial: (call: OutgoingCall) => Promise<string | null>;
  /** Ends a call: `canceled` while it rings, `completed` once answered. @returns its status then; `completed` when Twilio no longer knows it */
  readonly end: (callSid: string, status: 'canceled' | 'completed') => Promise<CallStatus>;
  /** The call as it is now; null when Twilio does not know it. */
  readonly fetch: (callSid: string) => Promise<TwilioCall | null>;
  /** Lets a live call do something else. It may begin twice when Twilio's answer is lost. */
  readonly redirect: (callSid: string, document: CallDocument) => Promise<void>;
  /** The account's calls that wait, ring or are answered, the latest 1000 of each, the oldest first. */
  readonly liveCalls: () => Promise<readonly TwilioCall[]>;
};

/** How long a ringing call is kept ringing, in seconds. Source: Calls resource, `Timeout`. */
const RING_TIMEOUT_S = 60;

/** How many calls of one status are listed at most: one page of Twilio's, and so one request. */
const MOST_CALLS = 1000;

const LIVE = ['queued', 'ringing', 'in-progress'] as const;

const DETECTION = { detect: 'Enable', 'message-end': 'DetectMessageEnd' } as const;

/** Twilio's REST API through its own client. */
export function createRest(client: Client): Rest {
  return {
    dial: async call => (await answerOf(client.calls.create(parameters(call)), call.to)).sid,
    end: async (callSid, status) => {
      try {
        return (await client.calls(callSid).update({ status })).status as CallStatus;
      } catch (error) {
        if (isGone(error)) return 'completed';
        throw problemOf(error);
      }
    },
    fetch: async callSid => {
      try {
        return twilioCall(await client.calls(callSid).fetch());
      } catch (error) {
        if (isGone(error)) return null;
        throw problemOf(error);
      }
    },
    redirect: async (callSid, { url, twiml }) => {
      const change = url === undefined ? { twiml } : { url, method: 'POST' };
      await answerOf(client.calls(callSid).update(change));
    },
    liveCalls: async () => {
      const pages = await answerOf(
        Promise.all(LIVE.map(status => client.calls.list({ status, limit: MOST_CALLS }))),
      );
      // A call may have moved on from one list to the next while they were read.
      const bySid = new Map(pages.flat().map(call => [call.sid, twilioCall(call)]));
      return [...bySid.values()].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
    },
  };
}

type CreateParameters = Parameters<Client['calls']['create']>[0];

/** The fields of a request for a call; what is not asked for is left out. */
function parameters(call: OutgoingCall): CreateParameters {
  const { to, from, statusCallback, machineDetection, amdCallback } = call;
  return {
    to,
    from,
    timeout: call.timeoutS ?? RING_TIMEOUT_S,
    ...(call.url === undefined ? { twiml: call.twiml } : { url: call.url, method: 'POST' }),
    ...(statusCallback === undefined
      ? {}
      : {
          statusCallback,
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
        }),
    ...(call.sendDigits === undefined ? {} : { sendDigits: call.sendDigits }),
    ...(call.timeLimitS === undefined ? {} : { timeLimit: call.timeLimitS }),
    ...(call.callerId === undefined ? {} : { callerId: call.callerId }),
    ...(machineDetection === undefined ? {} : { machineDetection: DETECTION[machineDetection] }),
    ...(machineDetection === undefined || amdCallback === undefined
      ? {}
      : {
          asyncAmd: 'true',
          asyncAmdStatusCallback: amdCallback,
          asyncAmdStatusCallbackMethod: 'POST',
        }),
  };
}

type Resource = Awaited<ReturnType<ReturnType<Client['calls']>['fetch']>>;

function twilioCall(call: Resource): TwilioCall {
  return {
    sid: call.sid,
    status: call.status as CallStatus,
    direction: call.direction,
    from: call.from,
    to: call.to,
    startedAt: timeOf(call.startTime ?? call.dateCreated),
    endedAt: timeOf(call.endTime),
    answeredBy: call.answeredBy ?? null,
    parentSid: call.parentCallSid ?? null,
  };
}

/** Times that Twilio leaves out are null or no date, whatever the client's types say. */
function timeOf(value: unknown): number | null {
  const at = value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

import { setImmediate as turn } from 'node:timers/promises';
import type { CallFact } from '../../electron/core/events.ts';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import type { TwilioCall } from '../../electron/twilio/rest.ts';
import type { Webhook } from '../../electron/twilio/server.ts';
import {
  type CallRest,
  createVoiceLine,
  type VoiceLine,
  type VoiceLinePorts,
} from '../../electron/twilio/voice-line.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

/** Twilio's REST side, answering as the test says and keeping what it was asked. */
type ScriptedTwilio = {
  /** Each request as `method sid-or-number` with its details. */
  readonly requests: { readonly method: string; readonly of: unknown[] }[];
  /** What a call is at Twilio by its CallSid; not listed, Twilio does not know it. */
  readonly calls: Map<string, string>;
  /** Thrown by every request of these methods. */
  readonly failing: Map<keyof CallRest, ProblemError>;
};

/** A voice line whose time, REST and webhooks are in the test's hand. */
export type ScriptedLine = {
  readonly clock: FakeClock;
  readonly twilio: ScriptedTwilio;
  readonly line: VoiceLine;
  /** Tells of a transcription as Twilio does. */
  readonly tell: (params: Webhook['params'], query?: Webhook['query']) => Promise<void>;
  readonly settings: { now: Settings };
  readonly facts: (CallFact & { readonly key?: string })[];
  readonly problems: Problem[];
  /** What happened, in words. */
  readonly told: () => string[];
  /** Asks or tells as Twilio does; each request has its own key unless one is given. */
  readonly ask: (
    path: keyof VoiceLine['webhooks'],
    params: Webhook['params'],
    query?: Webhook['query'],
    key?: string,
  ) => Promise<string | null>;
  /** Moves time on in steps of a second, letting what was started go on. */
  readonly pass: (ms: number) => Promise<void>;
  readonly requestsOf: (method: keyof CallRest) => unknown[][];
};

/** A failure of a kind, as the REST side tells it. */
export function failure(kind: Problem['kind']): ProblemError {
  return new ProblemError({ kind, message: 'It did not work.', remedy: 'Try again.' });
}

/** Lets what was started go on until it waits. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await turn();
}

/** Opens a voice line on scripted parts. The first call that is dialled is CA1, the second CA2. */
export function openScriptedLine(
  settings: Partial<Settings> = {},
  ports: Partial<VoiceLinePorts> = {},
): ScriptedLine {
  const clock = fakeClock();
  const twilio: ScriptedTwilio = { requests: [], calls: new Map(), failing: new Map() };
  const facts: ScriptedLine['facts'] = [];
  const problems: Problem[] = [];
  const chosen = { now: { ...DEFAULT_SETTINGS, ...settings } };
  let ids = 0;
  let turns = 0;
  let sids = 0;
  let keys = 0;

  const request = (method: keyof CallRest, ...of: unknown[]): void => {
    twilio.requests.push({ method, of });
    const error = twilio.failing.get(method);
    if (error !== undefined) throw error;
  };
  const rest: CallRest = {
    dial: async call => {
      request('dial', call);
      sids += 1;
      twilio.calls.set(`CA${sids}`, 'queued');
      return `CA${sids}`;
    },
    end: async (sid, status) => {
      request('end', sid, status);
      twilio.calls.set(sid, status);
      return status;
    },
    fetch: async sid => {
      request('fetch', sid);
      const status = twilio.calls.get(sid);
      return status === undefined ? null : twilioCall(sid, status);
    },
    redirect: async (sid, document) => request('redirect', sid, document),
    liveCalls: async () => {
      request('liveCalls');
      return [...twilio.calls].map(([sid, status]) => twilioCall(sid, status));
    },
  };
  const line = createVoiceLine({
    clock,
    log: quietLog,
    rest,
    origin: () => 'https://desk.example',
    settings: () => chosen.now,
    isTrial: () => false,
    isBusy: () => false,
    newCallId: () => `call-${++ids}`,
    newTurn: () => `turn-${++turns}`,
    emit: fact => facts.push(fact),
    onProblem: problem => problems.push(problem),
    ...ports,
  });
  return {
    clock,
    twilio,
    line,
    settings: chosen,
    facts,
    problems,
    told: () =>
      facts.map(fact => (fact.event === 'call-ended' ? `ended ${fact.reason}` : fact.event)),
    ask: async (path, params, query = {}, key = `key-${++keys}`) => {
      const answer = line.webhooks[path]({ params, query, key, path: `/voice/${path}` });
      await settle();
      return answer;
    },
    tell: async (params, query = {}) => {
      const path = '/voice/transcription';
      const hear = line.transcriptions.webhooks.get(path);
      if (hear === undefined) throw new Error('nothing answers there');
      await hear({ params, query, key: `key-${++keys}`, path });
    },
    pass: async ms => {
      for (let left = ms; left > 0; left -= 1000) {
        clock.advance(Math.min(1000, left));
        await settle();
      }
    },
    requestsOf: method => twilio.requests.filter(r => r.method === method).map(({ of }) => of),
  };
}

/** The webhook parameters of a call from outside. */
export function inbound(sid: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    CallSid: sid,
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: '+14155550111',
    To: '+14155550100',
    ...more,
  };
}

/** The webhook parameters of a call dialled by the API. */
export function outbound(sid: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    CallSid: sid,
    CallStatus: 'in-progress',
    Direction: 'outbound-api',
    From: '+14155550100',
    To: '+14155550111',
    ...more,
  };
}

/** Somebody to call. */
export const DANA = { number: '+14155550111', name: 'Dana Reyes' };

/** Our number. */
export const OURS = '+14155550100';

function twilioCall(sid: string, status: string): TwilioCall {
  const call = { sid, status, direction: 'inbound', from: DANA.number, to: OURS };
  return { ...call, startedAt: null, answeredBy: null, parentSid: null } as TwilioCall;
}

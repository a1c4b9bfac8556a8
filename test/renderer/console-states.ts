import type { AccountFacts, AccountNumber } from '../../electron/core/account.ts';
import type {
  DialingCall,
  EndedCall,
  LiveCall,
  Party,
  RingingCall,
  WaitingCall,
} from '../../electron/core/call.ts';
import type { LineState } from '../../electron/core/line.ts';
import type { Segment } from '../../electron/core/segment.ts';
import { type ConsoleState, INITIAL_STATE } from '../../electron/core/state.ts';
import { NO_TALK } from '../../electron/core/talk.ts';
import type { ToldSegment } from '../../electron/core/transcript.ts';
import { NOT_TRANSCRIBED } from '../../electron/core/transcription.ts';

/** The moment these calls are seen at, ms since the epoch. */
export const NOW = new Date(2026, 2, 18, 12, 0, 0).getTime();

/** People that call in tests. */
export const DANA: Party = { number: '+14155550177', name: 'Dana Reyes' };
export const SAM: Party = { number: '+14155550142', name: 'Sam Ortiz' };
export const UNKNOWN: Party = { number: '+14155550190', name: null };

const MICROPHONE = { id: 'usb', name: 'Headset', isDefault: true, isBuiltIn: false };

/** A call with Dana that was answered two minutes ago. */
export function liveCall(change: Partial<LiveCall> = {}): LiveCall {
  return {
    ...base('dana', DANA),
    status: 'live',
    answeredAt: NOW - 120_000,
    carrier: 'stream',
    stream: true,
    muted: false,
    heldAt: null,
    volume: 1,
    pan: 0,
    silenced: false,
    solo: false,
    recording: null,
    recorded: null,
    room: null,
    agent: null,
    transcription: NOT_TRANSCRIBED,
    talk: NO_TALK,
    attention: [],
    ...change,
  };
}

/** A call from Dana that has rung for 8 s. */
export function ringingCall(change: Partial<RingingCall> = {}): RingingCall {
  return { ...base('dana', DANA), status: 'ringing', ringingAt: NOW - 8000, ...change };
}

/** A call from Dana that has waited in the queue for 42 s. */
export function waitingCall(change: Partial<WaitingCall> = {}): WaitingCall {
  return { ...base('dana', DANA), status: 'waiting', waitingAt: NOW - 42_000, ...change };
}

/** A live call with Dana that carries words only, as on a trial account. */
export function wordsCall(change: Partial<LiveCall> = {}): LiveCall {
  return liveCall({ carrier: 'gather', stream: false, ...change });
}

/** A live call to Dana that only speaks a message. */
export function messageCall(change: Partial<LiveCall> = {}): LiveCall {
  return liveCall({ kind: 'notify', direction: 'outbound', stream: false, ...change });
}

/** A call to Dana that does not ring yet. */
export function dialingCall(change: Partial<DialingCall> = {}): DialingCall {
  return { ...base('dana', DANA), direction: 'outbound', status: 'dialing', ...change };
}

/** A call from Dana that she ended a minute ago after a minute of talk. */
export function endedCall(change: Partial<EndedCall> = {}): EndedCall {
  return {
    ...base('dana', DANA),
    status: 'ended',
    answeredAt: NOW - 120_000,
    endedAt: NOW - 60_000,
    reason: 'hung-up-there',
    quality: null,
    talk: null,
    others: [],
    recorded: null,
    ...change,
  };
}

/** A desk with an open microphone and a ready line. */
export function consoleState(change: Partial<ConsoleState> = {}): ConsoleState {
  return {
    ...INITIAL_STATE,
    line: { ...INITIAL_STATE.line, status: 'ready', number: '+14155550100' },
    sound: {
      inputs: [MICROPHONE],
      outputs: [MICROPHONE],
      input: { status: 'open', device: MICROPHONE },
      output: { status: 'open', device: MICROPHONE },
      path: 'card',
      hosts: [],
    },
    ...change,
  };
}

/** A final piece of what Dana said, without a place in the sound. */
export function segment(change: Partial<Segment> = {}): Segment {
  return {
    callId: 'dana',
    segmentId: 's1',
    speaker: 'them',
    who: null,
    text: 'I never got the second parcel.',
    isFinal: true,
    confidence: 0.9,
    by: 'twilio',
    language: 'en-US',
    place: null,
    whispered: false,
    ...change,
  };
}

/** The same at its place, 3 s long, told as it ended on a call whose sound began two minutes ago. */
export function placedSegment(
  segmentId: string,
  atMs: number,
  change: Partial<ToldSegment> = {},
): ToldSegment {
  const place = { atMs, lengthMs: 3000, wordsMs: null };
  return { ...segment({ segmentId, place }), at: NOW - 120_000 + atMs + 3000, ...change };
}

/** An account in good order. */
export const ACCOUNT: AccountFacts = {
  sid: 'AC0123456789abcdef0123456789ab1f2e',
  name: 'Reyes Parcels',
  type: 'full',
  status: 'active',
  balance: { amount: 12.34, currency: 'USD' },
};

/** A number of that account with voice, whose calls go nowhere. */
export function accountNumber(change: Partial<AccountNumber> = {}): AccountNumber {
  return {
    sid: 'PN1',
    number: '+14155550100',
    name: 'Main',
    voice: true,
    sms: true,
    voiceUrl: '',
    goesTo: 'nowhere',
    ...change,
  };
}

/** A Twilio line that works: the tunnel is up, Twilio reached it 12 s ago, calls ring here. */
export function twilioLine(change: Partial<LineState> = {}): LineState {
  return {
    ...consoleState().line,
    kind: 'twilio',
    account: ACCOUNT,
    accountKept: true,
    accountSid: ACCOUNT.sid,
    callerIds: [
      { number: '+14155550100', name: 'Main', kind: 'owned' },
      { number: SAM.number, name: 'Mobile', kind: 'verified' },
    ],
    address: {
      kind: 'tunnel',
      url: 'https://heron.ngrok.app',
      status: 'up',
      downSince: null,
      retryAt: null,
      problem: null,
    },
    test: {
      status: 'reached',
      at: NOW - 12_000,
      failedSince: null,
      roundTripMs: 84.2,
      problem: null,
    },
    pointing: { to: 'here', voiceUrl: null },
    ...change,
  };
}

/** The same line on a trial account. */
export function trialLine(): LineState {
  return twilioLine({ account: { ...ACCOUNT, type: 'trial' } });
}

/** The same line while its tunnel has been down for 14 s and tries again in 6 s. */
export function downLine(): LineState {
  return twilioLine({
    address: {
      kind: 'tunnel',
      url: null,
      status: 'down',
      downSince: NOW - 14_000,
      retryAt: NOW + 6000,
      problem: {
        kind: 'twilio-unreachable',
        message: 'The tunnel is closed.',
        remedy: 'Check the network.',
        code: '11200',
      },
    },
  });
}

function base(id: string, them: Party) {
  return {
    id,
    sid: `CA-${id}`,
    direction: 'inbound',
    kind: 'direct',
    answeredBy: null,
    them,
    ours: '+14155550100',
    startedAt: NOW - 130_000,
  } as const;
}

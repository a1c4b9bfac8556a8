import type {
  DialingCall,
  EndedCall,
  LiveCall,
  Party,
  RingingCall,
} from '../../electron/core/call.ts';
import { type ConsoleState, INITIAL_STATE } from '../../electron/core/state.ts';

/** The moment these calls are seen at, ms since the epoch. */
export const NOW = new Date(2026, 2, 18, 12, 0, 0).getTime();

/** People that call in tests. */
export const DANA: Party = { number: '+14155550177', name: 'Dana Reyes' };
export const SAM: Party = { number: '+14155550142', name: 'Sam Ortiz' };
export const UNKNOWN: Party = { number: '+14155550190', name: null };

const MICROPHONE = { id: 'usb', name: 'Headset', isDefault: true };

/** A call with Dana that was answered two minutes ago. */
export function liveCall(change: Partial<LiveCall> = {}): LiveCall {
  return {
    ...base('dana', DANA),
    status: 'live',
    answeredAt: NOW - 120_000,
    stream: true,
    muted: false,
    heldAt: null,
    volume: 1,
    ...change,
  };
}

/** A call from Dana that has rung for 8 s. */
export function ringingCall(change: Partial<RingingCall> = {}): RingingCall {
  return { ...base('dana', DANA), status: 'ringing', ringingAt: NOW - 8000, ...change };
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
    },
    ...change,
  };
}

function base(id: string, them: Party) {
  return {
    id,
    sid: `CA-${id}`,
    direction: 'inbound',
    them,
    ours: '+14155550100',
    startedAt: NOW - 130_000,
  } as const;
}

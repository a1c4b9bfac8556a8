import type { CallAgent } from '../../electron/core/agent.ts';
import { asLive, type CallId, type LiveCall } from '../../electron/core/call.ts';
import {
  agentsOf,
  MODES,
  type Mode,
  modeOf,
  needsConference,
  whyNot,
} from '../../electron/core/room.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import type { Place } from '../state/place.ts';
import { hearersWords, joinNames, type NameOf } from '../words/room-words.ts';

/** One mode of a call as its control says it. */
export type ModeChoice = {
  readonly mode: Mode;
  /** Who hears this desk in it. */
  readonly hearers: string;
  /** Why it cannot be asked for; null when it can. */
  readonly why: string | null;
  /** What Twilio last confirmed. */
  readonly now: boolean;
  /** When it was asked of Twilio, in ms since the epoch; null unless it waits to be confirmed. */
  readonly askedAt: number | null;
};

/** What a person must agree to before a mode is asked for. */
export type Question = {
  readonly words: string;
  /** What the button says. */
  readonly act: string;
  /** The legs are brought into a conference. */
  readonly move: boolean;
  /** What the button of the other way says; left out where there is only one. */
  readonly instead?: string;
};

/** The modes as they are named on controls. */
export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  listen: 'Listen',
  whisper: 'Whisper',
  barge: 'Barge',
  takeover: 'Take over',
};

/** Whether this desk can be in a call in several ways: a call of others, or one a voice agent of ours serves. */
export function hasModes(call: LiveCall): boolean {
  if (call.kind === 'supervised') return call.room !== null;
  return call.agent !== null && call.agent.status !== 'lost';
}

/** The call that keys of modes mean: the one on screen, or else the one with the microphone. */
export function modeTarget(state: ConsoleState, place: Place): LiveCall | null {
  const candidates: readonly (CallId | null)[] = [
    place.view === 'calls' ? place.callId : null,
    state.microphone,
  ];
  for (const id of candidates) {
    const call = asLive(findCall(state, id));
    if (call !== null && hasModes(call)) return call;
  }
  return null;
}

/** The mode of this desk in a call, as confirmed; null when it has none. */
export function presentMode(call: LiveCall): Mode | null {
  if (call.kind === 'supervised') return call.room === null ? null : modeOf(call.room);
  return call.agent === null ? null : agentMode(call.agent);
}

function agentMode({ status, whispered }: CallAgent): Mode | null {
  if (status === 'silent') return 'barge';
  if (status === 'lost') return null;
  return whispered ? 'whisper' : 'listen';
}

/** The four modes of a call, from the one nobody hears to the one that takes it over. */
export function modeChoices(call: LiveCall, name: NameOf, customer: string): readonly ModeChoice[] {
  const present = presentMode(call);
  const requested = call.kind === 'supervised' ? call.room?.requested : null;
  return MODES.map(mode => ({
    mode,
    hearers: hearersIn(call, mode, name, customer),
    why: whyNotIn(call, mode),
    now: present === mode,
    askedAt: requested?.mode === mode ? requested.since : null,
  }));
}

function hearersIn(call: LiveCall, mode: Mode, name: NameOf, customer: string): string {
  const { room, agent } = call;
  if (call.kind === 'supervised') {
    return room === null ? 'nobody' : hearersWords(room, mode, name);
  }
  if (agent === null || mode === 'listen') return 'nobody';
  if (mode === 'whisper') return `${agent.name} only`;
  return mode === 'barge'
    ? `${customer}; ${agent.name} silent`
    : `${customer}; ${agent.name} leaves`;
}

function whyNotIn({ kind, room, agent }: LiveCall, mode: Mode): string | null {
  if (kind === 'supervised')
    return room === null ? 'This call is not joined yet' : whyNot(room, mode);
  if (agent === null || mode === 'listen' || mode === 'takeover') return null;
  if (agent.status === 'connecting') return `${agent.name} is not there yet`;
  return mode === 'whisper' && agent.status === 'silent' ? 'You speak in its place' : null;
}

/** What to ask before this desk leaves a customer alone. */
export function leaveQuestion(customer: string): Question {
  const words = `Nobody else is on the call: ${customer} would be alone.`;
  return { words, act: 'Leave', move: false, instead: 'End for everyone' };
}

/** What to ask before a mode is asked for; null when it needs no more words. */
export function questionFor(
  call: LiveCall,
  mode: Mode,
  name: NameOf,
  customer: string,
): Question | null {
  const { room, agent } = call;
  if (agent !== null && call.kind !== 'supervised') {
    if (mode !== 'takeover') return null;
    const words = `${customer} will hear only you. ${agent.name} leaves the call.`;
    return { words, act: 'Take over', move: false };
  }
  if (room === null || whyNot(room, mode) !== null) return null;
  const move = needsConference(room, mode);
  const agents = agentsOf(room.legs);
  const served = joinNames(agents.map(name));
  if (mode === 'takeover' && room.shape === 'alone') {
    const words = `Ends the program that serves ${customer}. ${customer} comes into a conference with you.`;
    return { words, act: 'Take over', move };
  }
  const all = joinNames(room.legs.map(name));
  const brings = `Brings ${all} into a conference; ${room.legs.length === 2 ? 'both' : 'all'} stay on the line.`;
  if (mode === 'takeover') {
    const are = agents.length === 1 ? 'is' : 'are';
    const held =
      agents.length === 0 ? '' : ` ${served} ${are} put on hold and can be brought back.`;
    const only = `${customer} will hear only you.${held}`;
    return { words: move ? `${brings} ${only}` : only, act: 'Take over', move };
  }
  return move ? { words: brings, act: 'Make it a conference', move } : null;
}

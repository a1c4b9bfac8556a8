import { asLive, type CallId, isTalk, type LiveCall } from './call.ts';
import type { ConsoleEvent, Fact } from './events.ts';
import type { LineState } from './line.ts';
import { hearersOf, modeOf } from './room.ts';
import type { Settings } from './settings.ts';
import { type ConsoleState, findCall } from './state.ts';

/**
 * What follows from an event by the desk's own rules.
 * @param state the state after the event @param before the state before it
 */
export function consequences(
  state: ConsoleState,
  event: ConsoleEvent,
  before: ConsoleState,
): readonly Fact[] {
  switch (event.event) {
    case 'reach-changed':
      return voiceFacts(state, before);
    case 'mode-requested':
      return event.speaking || state.microphone !== event.callId ? [] : talkKeyLetGo(state);
    case 'mode-confirmed':
      return event.mode === 'listen' ? [] : speaksOn(state, event.callId);
    case 'agent-changed': {
      const asksForIt = event.agent?.status === 'silent' || event.agent?.whispered === true;
      return asksForIt && state.microphone !== event.callId
        ? [{ event: 'microphone-moved', callId: event.callId }]
        : [];
    }
    case 'room-changed':
    case 'seat-changed':
      return moreEars(state, before, event.callId);
    case 'call-answered':
    case 'call-restored':
      return isTalkedOn(state, state.microphone) ? [] : microphoneTo(state, event.callId);
    case 'hold-changed':
      if (event.on || isTalkedOn(state, state.microphone)) return [];
      return microphoneTo(state, event.callId);
    case 'call-ended':
      return endFacts(state, before, event.callId);
    default:
      return [];
  }
}

/**
 * What must happen before this desk takes or makes another call: those spoken on go on hold, and a
 * call of others is no longer spoken to.
 */
export function holdOthers(state: ConsoleState, except: CallId | null): readonly Fact[] {
  return state.calls.flatMap((call): Fact[] => {
    if (call.id === except) return [];
    if (isTalk(call) && call.heldAt === null && !isServed(call)) {
      return [{ event: 'hold-changed', callId: call.id, on: true }];
    }
    return isSpokenTo(asLive(call)) && state.microphone === call.id
      ? [
          { event: 'mute-changed', callId: call.id, on: true },
          { event: 'microphone-moved', callId: null },
        ]
      : [];
  });
}

/** Whether a call is recorded from its start. @param asked what was asked for this call; left out, the settings say */
export function shouldRecord(
  { record }: Pick<Settings, 'record'>,
  lineKind: LineState['kind'],
  asked?: boolean,
): boolean {
  if (asked !== undefined) return asked;
  switch (record) {
    case 'asked':
      return false;
    case 'practice':
      return lineKind === 'practice';
    case 'account':
      return lineKind === 'twilio';
    case 'always':
      return true;
  }
}

/** Problems that stand or are over with a state of the sound card. */
export function soundFacts(
  before: ConsoleState['sound'],
  after: ConsoleState['sound'],
): readonly Fact[] {
  return (['input', 'output'] as const).flatMap((side): Fact[] => {
    const id = `sound-${side}`;
    const now = after[side];
    if (now.status === 'failed') {
      const known = before[side];
      const same = known.status === 'failed' && known.problem.kind === now.problem.kind;
      return same ? [] : [{ event: 'problem-raised', id, problem: now.problem }];
    }
    const over = now.status === 'open' || now.status === 'ready';
    return over && before[side].status !== now.status ? [{ event: 'problem-cleared', id }] : [];
  });
}

/** The audit's measure: when the microphone's sound began to reach somebody on a call with legs, and when no more. */
function voiceFacts(state: ConsoleState, before: ConsoleState): readonly Fact[] {
  const ended = asLive(findCall(state, before.reach));
  const began = asLive(findCall(state, state.reach));
  const facts: Fact[] = [];
  if (ended !== null && ended.room !== null && ended !== began) {
    facts.push({ event: 'voice-ended', callId: ended.id });
  }
  if (began !== null && began.room !== null) {
    const mode = modeOf(began.room) ?? 'listen';
    const whom = hearersOf(began.room).map(leg => leg.party);
    facts.push({ event: 'voice-began', callId: began.id, mode, whom });
  }
  return facts;
}

/** With a call ends what was said into it, and the microphone is nowhere. */
function endFacts(state: ConsoleState, before: ConsoleState, callId: CallId): readonly Fact[] {
  const ended = asLive(findCall(before, callId));
  const facts: Fact[] = [];
  if (before.reach === callId && ended !== null && ended.room !== null) {
    facts.push({ event: 'voice-ended', callId });
  }
  if (callId === state.microphone) facts.push({ event: 'microphone-moved', callId: null });
  return facts;
}

/** Whether a whisper would be heard by somebody whom it was not opened to. */
export function isHeardByMore(before: ConsoleState, after: ConsoleState, id: CallId): boolean {
  const was = asLive(findCall(before, id))?.room ?? null;
  const is = asLive(findCall(after, id))?.room ?? null;
  if (was === null || is === null || was === is || modeOf(was) !== 'whisper') return false;
  const heard = new Set(hearersOf(was).map(leg => leg.sid));
  return heard.size > 0 && hearersOf(is).some(leg => !heard.has(leg.sid));
}

/**
 * An open whisper never reaches more ears than when it was opened: the microphone shuts instead. What
 * comes by telephone nothing here shuts: there supervision goes back to listening.
 */
function moreEars(state: ConsoleState, before: ConsoleState, id: CallId): readonly Fact[] {
  if (asLive(findCall(state, id))?.muted !== false && !state.talkKeyHeld) return [];
  if (!isHeardByMore(before, state, id)) return [];
  const letGo = state.microphone === id ? talkKeyLetGo(state) : [];
  return [{ event: 'mute-changed', callId: id, on: true }, ...letGo];
}

/** Whoever asks to speak on a call of others speaks there; an own call that becomes a conference takes nothing from another. */
function speaksOn(state: ConsoleState, callId: CallId): readonly Fact[] {
  const isElsewhere = state.microphone !== null && findCall(state, callId)?.kind === 'direct';
  if (state.microphone === callId || isElsewhere) return [];
  return [...talkKeyLetGo(state), { event: 'microphone-moved', callId }];
}

/** Whoever hears what is said from now on was not meant when the talk key was pressed: it must be pressed again. */
function talkKeyLetGo({ talkKeyHeld }: ConsoleState): readonly Fact[] {
  return talkKeyHeld ? [{ event: 'talk-key-changed', held: false }] : [];
}

/** Whether a call of others hears this desk, or would with the talk key. */
function isSpokenTo(call: LiveCall | null): boolean {
  return call !== null && call.kind === 'supervised' && call.room !== null
    ? hearersOf(call.room).length > 0
    : false;
}

function microphoneTo(state: ConsoleState, callId: CallId): readonly Fact[] {
  return isTalkedOn(state, callId) ? [{ event: 'microphone-moved', callId }] : [];
}

/** Whether a call is one this desk talks on, and not on hold. */
function isTalkedOn(state: ConsoleState, callId: CallId | null): boolean {
  const call = findCall(state, callId);
  return isTalk(call) && call.heldAt === null && !isServed(call);
}

/** Whether a voice agent of this desk speaks with the other side. */
function isServed({ agent }: LiveCall): boolean {
  return agent?.status === 'serving' || agent?.status === 'connecting';
}

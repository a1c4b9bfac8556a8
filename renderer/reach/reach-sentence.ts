import { asLive, type Call, type CallId, type LiveCall } from '../../electron/core/call.ts';
import { type ConsoleState, findCall, standingCalls } from '../../electron/core/state.ts';
import { isByPhone } from '../supervision/phone-seat.ts';
import { nameInState } from '../words/names.ts';
import { nobody, nobodyYet, type ReachContext, type Said } from './reach-words.ts';
import {
  agentReach,
  askedOf,
  hasRoom,
  heardIn,
  listeningTo,
  phoneInDoubt,
  unheardIn,
} from './room-reach.ts';

/** What the reach bar says. */
export type ReachSentence = Said & {
  /** The call the sentence is about; null when it is about none. */
  readonly callId: CallId | null;
  /** The same call, when the person looks at something else. */
  readonly elsewhere: CallId | null;
};

/** The one sentence that says who hears this desk now, true to what the microphone gate let out. */
export function reachSentence(state: ConsoleState, context: ReachContext): ReachSentence {
  const sentence = withoutReplay(state, context);
  const played = replayDetail(state, sentence);
  return played === null ? sentence : { ...sentence, detail: played };
}

/**
 * Where sound of the past is played to, said wherever nothing more urgent is: how to open a microphone
 * that would be heard, or what holds it up.
 */
function replayDetail(state: ConsoleState, { reach, detail }: ReachSentence): string | null {
  const { replay, sound } = state;
  const giveWay = reach === 'closed' || detail === '' || detail === 'your microphone is in no call';
  if (replay === null || !replay.playing || !giveWay) return null;
  const to = sound.output.status === 'open' ? sound.output.device.name : 'the speaker';
  if (replay.source === 'kept') return `playing a recording to ${to} only`;
  const call = findCall(state, replay.callId);
  return call === undefined ? null : `you hear what ${nameInState(call, state)} said before`;
}

function withoutReplay(state: ConsoleState, context: ReachContext): ReachSentence {
  const heard = asLive(findCall(state, state.reach));
  const said = heard === null ? null : hears(state, heard);
  if (heard !== null && said !== null) return sentenceOf(state, context, heard, said);
  const beside = besideGate(state);
  if (beside !== null) return sentenceOf(state, context, beside.call, beside.said);
  const call = findCall(state, state.microphone);
  if (call === undefined || call.status === 'ended') return withoutCall(state, context);
  const unsaid = call.status === 'live' ? unheard(state, context, call) : awaiting(state, call);
  return sentenceOf(state, context, call, unsaid);
}

/** What holds whatever the gate lets out: a telephone that is heard, a mode that waits to be confirmed. */
function besideGate(state: ConsoleState): { readonly call: LiveCall; readonly said: Said } | null {
  const rooms = state.calls
    .map(asLive)
    .filter(call => call !== null)
    .filter(hasRoom);
  for (const call of rooms) {
    const said = isByPhone(call) ? heardIn(call, state) : null;
    if (said !== null) return { call, said };
  }
  for (const call of rooms) {
    const said = call.room.requested === null ? phoneInDoubt(call) : null;
    if (said !== null) return { call, said };
  }
  for (const call of rooms) {
    const said = askedOf(call);
    if (said !== null) return { call, said };
  }
  return null;
}

function sentenceOf(
  state: ConsoleState,
  context: ReachContext,
  call: Call,
  said: Said,
): ReachSentence {
  if (context.shownCallId === call.id) return { ...said, callId: call.id, elsewhere: null };
  const others = standingCalls(state).length > 1 || context.shownCallId !== null;
  const where = others && context.place === 'calls' ? 'in another call' : '';
  const loud = said.reach === 'customer' || said.reach === 'agent';
  const detail = loud && where !== '' ? where : said.detail;
  return { ...said, detail, callId: call.id, elsewhere: call.id };
}

function hears(state: ConsoleState, call: LiveCall): Said | null {
  if (hasRoom(call)) return heardIn(call, state);
  const byAgent = agentReach(call, nameInState(call, state), state);
  if (byAgent !== null) return byAgent;
  const detail = call.muted && state.talkKeyHeld ? 'while you hold Space' : '';
  return {
    reach: 'customer',
    glyph: '◉',
    words: `${nameInState(call, state).toUpperCase()} HEARS YOU`,
    detail,
  };
}

function unheard(state: ConsoleState, context: ReachContext, call: LiveCall): Said {
  const name = nameInState(call, state);
  const would = `${name.toUpperCase()} WOULD HEAR YOU`;
  const { input } = state.sound;
  if (call.kind === 'notify') return nobody(`a message is spoken to ${name}`);
  if (call.carrier === 'gather') return nobody('your words are typed');
  if (hasRoom(call)) return unheardIn(call, state, context);
  const served = agentReach(call, name, state);
  if (served !== null) return served;
  const opening = nobodyYet('the microphone is opening');
  if (call.heldAt !== null) return nobody(`${name} is on hold`);
  if (input.status === 'failed' || input.status === 'off') return nobody('no microphone');
  if (!call.stream) return nobodyYet(`waiting for the sound of ${name}`);
  if (!call.muted || state.talkKeyHeld) return opening;
  const closed = { reach: 'would', glyph: '○', ...waysBack(call) } as const;
  if (state.settings.talk === 'hold') {
    const detail = context.talkingUnheard ? 'you are talking; hold Space' : 'hold Space to talk';
    return { ...closed, words: would, detail };
  }
  const detail = context.talkingUnheard ? 'you are talking; press M' : 'press M to open';
  return { ...closed, words: `MUTED, ${would}`, detail };
}

/** A silent voice agent of ours can serve again. */
function waysBack({ agent }: LiveCall): Pick<Said, 'acts'> {
  return agent?.status === 'silent' ? { acts: ['hand-back'] } : {};
}

function awaiting(state: ConsoleState, call: Call): Said {
  const name = nameInState(call, state);
  if (call.direction === 'inbound') return nobodyYet(`connecting ${name}`);
  return nobodyYet(call.status === 'ringing' ? `${name} is being rung` : `calling ${name}`);
}

function withoutCall(state: ConsoleState, context: ReachContext): ReachSentence {
  const standing = standingCalls(state);
  const live = standing.map(asLive).filter(call => call !== null);
  const listened = listeningTo(live, state);
  if (listened !== null) return listening(context, live, listened);
  const [firstHeld] = live.filter(call => call.heldAt !== null);
  if (live.length > 0) {
    const allHeld = live.every(call => call.heldAt !== null);
    const held = live.length === 1 && firstHeld !== undefined;
    const detail = held
      ? `${nameInState(firstHeld, state)} is on hold`
      : allHeld
        ? `${live.length} calls are on hold`
        : 'your microphone is in no call';
    return { ...nobody(detail), callId: null, elsewhere: null };
  }
  const asked = standing.find(call => call.direction === 'outbound' && call.status !== 'waiting');
  if (asked !== undefined) return { ...awaiting(state, asked), callId: asked.id, elsewhere: null };
  if (state.soundCheck) {
    return {
      ...nobody('this sound test stays on this computer'),
      callId: null,
      elsewhere: null,
    };
  }
  return {
    reach: 'closed',
    glyph: '○',
    words: 'MICROPHONE CLOSED',
    detail: closedDetail(standing, state, context),
    callId: null,
    elsewhere: null,
  };
}

/** Only heard here: the call on screen is the one to leave. */
function listening(
  { shownCallId }: ReachContext,
  live: readonly LiveCall[],
  detail: string,
): ReachSentence {
  const shown = live.find(({ id, kind }) => id === shownCallId && kind === 'supervised');
  const calls = live.filter(({ kind }) => kind === 'supervised');
  const call = shown ?? (calls.length === 1 ? calls[0] : undefined);
  const said =
    call === undefined ? nobody(detail) : { ...nobody(detail), acts: ['leave'] as const };
  const elsewhere = call === undefined || call === shown ? null : call.id;
  return { ...said, callId: call?.id ?? null, elsewhere };
}

function closedDetail(
  standing: readonly Call[],
  state: ConsoleState,
  context: ReachContext,
): string {
  if (context.place === 'palette') return 'Enter calls, nothing dials before it';
  if (context.place === 'settings') return 'testing here reaches nobody';
  const rings = standing.filter(call => call.status === 'ringing');
  const [ringing] = rings;
  if (ringing === undefined) return waitingDetail(standing, state);
  if (rings.length > 1) return `${rings.length} calls are ringing`;
  const name = nameInState(ringing, state);
  if (state.line.account?.type === 'trial') return `${name} is ringing; your words are typed`;
  return state.settings.talk === 'hold' ? `${name} is ringing` : `answering ${name} opens it`;
}

function waitingDetail(standing: readonly Call[], state: ConsoleState): string {
  const [waiting] = standing;
  if (waiting === undefined) return 'no call';
  if (standing.length > 1) return `${standing.length} calls are waiting`;
  return `${nameInState(waiting, state)} is waiting`;
}

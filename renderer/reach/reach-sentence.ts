import { asLive, type Call, type CallId, type LiveCall } from '../../electron/core/call.ts';
import { type ConsoleState, findCall, standingCalls } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';

/** Who hears this desk: a customer now, a customer if the microphone opened, nobody, or no call at all. */
type Reach = 'customer' | 'would' | 'nobody' | 'closed';

/** What the reach bar says. */
export type ReachSentence = {
  readonly reach: Reach;
  /** ◉ a customer hears, ○ nobody, ◌ nobody yet. */
  readonly glyph: '◉' | '○' | '◌';
  /** The sentence, in capitals. Never cut. */
  readonly words: string;
  /** What goes with it; gives way when there is no room. */
  readonly detail: string;
  /** The call the sentence is about, when the person looks at something else. */
  readonly elsewhere: CallId | null;
};

/** What the person looks at and does, beside the state. */
export type ReachContext = {
  /** The call on screen; null when none is. */
  readonly shownCallId: CallId | null;
  readonly place: 'calls' | 'history' | 'settings' | 'palette';
  /** The microphone has picked up speech for a while and the gate is closed. */
  readonly talkingUnheard: boolean;
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
  if (heard !== null) return sentenceOf(state, context, heard, hears(state, heard));
  const call = findCall(state, state.microphone);
  if (call === undefined || call.status === 'ended') return withoutCall(state, context);
  const said = call.status === 'live' ? unheard(state, context, call) : awaiting(state, call);
  return sentenceOf(state, context, call, said);
}

type Said = Pick<ReachSentence, 'reach' | 'glyph' | 'words' | 'detail'>;

function sentenceOf(
  state: ConsoleState,
  context: ReachContext,
  call: Call,
  said: Said,
): ReachSentence {
  if (context.shownCallId === call.id) return { ...said, elsewhere: null };
  const others = standingCalls(state).length > 1 || context.shownCallId !== null;
  const where = others && context.place === 'calls' ? 'in another call' : '';
  const detail = said.reach === 'customer' && where !== '' ? where : said.detail;
  return { ...said, detail, elsewhere: call.id };
}

function hears(state: ConsoleState, call: LiveCall): Said {
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
  const opening = nobodyYet('the microphone is opening');
  if (call.heldAt !== null) return nobody(`${name} is on hold`);
  if (input.status === 'failed' || input.status === 'off') return nobody('no microphone');
  if (!call.stream) return nobodyYet(`waiting for the sound of ${name}`);
  if (!call.muted || state.talkKeyHeld) return opening;
  if (state.settings.talk === 'hold') {
    const detail = context.talkingUnheard ? 'you are talking; hold Space' : 'hold Space to talk';
    return { reach: 'would', glyph: '○', words: would, detail };
  }
  const detail = context.talkingUnheard ? 'you are talking; press M' : 'press M to open';
  return { reach: 'would', glyph: '○', words: `MUTED, ${would}`, detail };
}

function awaiting(state: ConsoleState, call: Call): Said {
  const name = nameInState(call, state);
  if (call.direction === 'inbound') return nobodyYet(`connecting ${name}`);
  return nobodyYet(call.status === 'ringing' ? `${name} is being rung` : `calling ${name}`);
}

function withoutCall(state: ConsoleState, context: ReachContext): ReachSentence {
  const standing = standingCalls(state);
  const live = standing.map(asLive).filter(call => call !== null);
  const [firstHeld] = live.filter(call => call.heldAt !== null);
  if (live.length > 0) {
    const allHeld = live.every(call => call.heldAt !== null);
    const held = live.length === 1 && firstHeld !== undefined;
    const detail = held
      ? `${nameInState(firstHeld, state)} is on hold`
      : allHeld
        ? `${live.length} calls are on hold`
        : 'your microphone is in no call';
    return { ...nobody(detail), elsewhere: null };
  }
  const asked = standing.find(call => call.direction === 'outbound' && call.status !== 'waiting');
  if (asked !== undefined) return { ...awaiting(state, asked), elsewhere: null };
  if (state.soundCheck) {
    return { ...nobody('this sound test stays on this computer'), elsewhere: null };
  }
  return {
    reach: 'closed',
    glyph: '○',
    words: 'MICROPHONE CLOSED',
    detail: closedDetail(standing, state, context),
    elsewhere: null,
  };
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

function nobody(detail: string): Said {
  return { reach: 'nobody', glyph: '○', words: 'NOBODY HEARS YOU', detail };
}

function nobodyYet(detail: string): Said {
  return { reach: 'nobody', glyph: '◌', words: 'NOBODY HEARS YOU YET', detail };
}

import type { LiveCall } from '../../electron/core/call.ts';
import { agentsOf, hearersOf, type Leg, type Room } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { panWords } from '../calls/pan-words.ts';
import { canLeave } from '../supervision/call-people.ts';
import { heardLegs } from '../supervision/heard-legs.ts';
import { MODE_NAMES, presentMode } from '../supervision/mode-view.ts';
import { isByPhone, isPhoneInDoubt, isPhoneRinging } from '../supervision/phone-seat.ts';
import { joinNames, legNamesIn, type NameOf, shortTitle } from '../words/room-words.ts';
import { nobody, nobodyYet, type ReachAct, type ReachContext, type Said } from './reach-words.ts';

/** A live call with legs of its own. */
export type RoomCall = LiveCall & { readonly room: Room };

/** Whether a call has legs of its own. */
export function hasRoom(call: LiveCall): call is RoomCall {
  return call.room !== null;
}

/** A call on which a mode waits to be confirmed. */
export function askedOf(call: RoomCall): Said | null {
  const { requested } = call.room;
  if (requested === null) return null;
  const doubt = phoneInDoubt(call);
  if (requested.mode === 'listen' && doubt === null) return null;
  const asked = `${MODE_NAMES[requested.mode].toLowerCase()} asked, waiting for Twilio`;
  const acts: readonly ReachAct[] = requested.mode === 'listen' ? [] : ['stop'];
  if (doubt !== null) return { ...doubt, detail: asked, since: requested.since, acts };
  return {
    ...nobodyYet(isPhoneRinging(call.room) ? 'your phone rings: pick it up' : asked),
    since: requested.since,
    acts,
  };
}

/** What is said while nobody knows who hears the telephone; null while that is known, or there is none. */
export function phoneInDoubt({ room }: RoomCall): Said | null {
  if (!isPhoneInDoubt(room)) return null;
  const words = 'YOUR PHONE MAY BE HEARD';
  return { reach: 'would', glyph: '◌', words, detail: 'waiting for Twilio' };
}

/** The sentence while this desk's voice goes into a call with legs; null when nobody there can hear it. */
export function heardIn(call: RoomCall, state: ConsoleState): Said | null {
  const { room } = call;
  const hearers = hearersOf(room);
  if (hearers.length === 0) return null;
  const name = legNamesIn(call, state);
  const you = isByPhone(call) ? 'YOUR PHONE' : 'YOU';
  const who = hearersWords(hearers, name);
  const verb = hearers.length === 1 ? 'HEARS' : 'HEAR';
  const open = !call.muted && call.kind === 'supervised' && you === 'YOU';
  const acts: ReachAct[] = [...(open ? (['close'] as const) : []), ...waysOut(call)];
  const how = you === 'YOU' ? heldKey(call, state) : phoneKeys(call);
  if (!reachesCustomer(hearers)) {
    const aside = othersWords(room, hearers, name);
    const words = `ONLY ${who} ${verb} ${you}`;
    return { reach: 'agent', glyph: '◐', words, detail: how, aside, acts };
  }
  return {
    reach: 'customer',
    glyph: '◉',
    words: `${who} ${verb} ${you}`,
    detail: onHoldWords(room, name) ?? how,
    acts,
    framed: call.kind === 'supervised',
  };
}

/** The sentence while the microphone belongs to a call with legs and lets nothing out. */
export function unheardIn(call: RoomCall, state: ConsoleState, context: ReachContext): Said {
  const { room } = call;
  const asked = askedOf(call);
  if (asked !== null) return asked;
  const out = waysOut(call);
  if (isByPhone(call)) return { ...(phoneInDoubt(call) ?? seatless(call, state)), acts: out };
  const { input } = state.sound;
  if (input.status === 'failed' || input.status === 'off') {
    return { ...nobody('no microphone'), acts: out };
  }
  const hearers = hearersOf(room);
  if (hearers.length === 0) return { ...seatless(call, state), acts: out };
  if (!call.muted || state.talkKeyHeld) {
    return { ...nobodyYet('the microphone is opening'), acts: ['close', ...out] };
  }
  const name = legNamesIn(call, state);
  const who = hearersWords(hearers, name);
  const { joined } = context;
  if (joined != null && joined.callId === call.id) {
    const detail = `${joined.names} joined and would hear you; your microphone is closed`;
    return { ...would(hearers, who), detail, acts: ['open', ...out] };
  }
  const keys = openingKeys(call, state);
  if (reachesCustomer(hearers)) {
    const detail = context.talkingUnheard ? 'you are talking; press M' : keys;
    return { ...would(hearers, who), detail, acts: out };
  }
  const detail = context.talkingUnheard ? 'you are talking; hold Space' : 'hold Space to talk';
  return { ...would(hearers, who), detail, aside: othersWords(room, hearers, name), acts: out };
}

/** What is heard of the calls that this desk only listens to; null when it listens to none. */
export function listeningTo(calls: readonly LiveCall[], state: ConsoleState): string | null {
  const heard = calls
    .filter(hasRoom)
    .map(call => ({ call, legs: heardLegs(call.room).heard }))
    .filter(({ call, legs }) => legs.length > 0 && !call.silenced);
  const [one] = heard;
  if (one === undefined) return null;
  if (heard.length === 1) {
    return `you hear ${joinNames(one.legs.map(legNamesIn(one.call, state)))}${ear(one.call)}`;
  }
  return `you hear ${heard.map(({ call }) => `${shortTitle(call, state)}${ear(call)}`).join(', ')}`;
}

/** The sentence of a call that a voice agent of ours serves; null when none does. */
export function agentReach(call: LiveCall, customer: string, state: ConsoleState): Said | null {
  const { agent } = call;
  if (agent === null || agent.status === 'lost') return null;
  const name = agent.name.toUpperCase();
  const heard = state.reach === call.id;
  const close: readonly ReachAct[] = call.muted ? [] : ['close'];
  if (agent.status === 'silent') {
    if (!heard) return null;
    const detail = `${agent.name} is silent and listens`;
    const words = `${customer.toUpperCase()} HEARS YOU`;
    return {
      reach: 'customer',
      glyph: '◉',
      words,
      detail,
      acts: [...close, 'hand-back'],
      framed: true,
    };
  }
  if (agent.status === 'connecting') return nobody(`${agent.name} is being connected`);
  if (!agent.whispered) return nobody(`${agent.name} serves ${customer}`);
  const aside = `${customer} does not`;
  if (heard) {
    const words = `ONLY ${name} HEARS YOU`;
    return { reach: 'agent', glyph: '◐', words, detail: '', aside, acts: close };
  }
  const words = `ONLY ${name} WOULD HEAR YOU`;
  return { reach: 'agent-would', glyph: '◐', words, detail: 'hold Space to talk', aside };
}

function would(hearers: readonly Leg[], who: string): Said {
  return reachesCustomer(hearers)
    ? { reach: 'would', glyph: '○', words: `MUTED, ${who} WOULD HEAR YOU`, detail: '' }
    : { reach: 'agent-would', glyph: '◐', words: `ONLY ${who} WOULD HEAR YOU`, detail: '' };
}

function openingKeys({ kind }: RoomCall, { settings }: ConsoleState): string {
  if (kind === 'supervised') return 'hold Space or press M';
  return settings.talk === 'hold' ? 'hold Space to talk' : 'press M to open';
}

/** Why nobody on the call can hear this desk whatever its microphone does. */
function seatless(call: RoomCall, state: ConsoleState): Said {
  const { seat, legs } = call.room;
  if (seat === null || seat.confirmed?.muted === true) {
    return nobody(listeningTo([call], state) ?? 'you are not in this call');
  }
  if (seat.status === 'leaving') return nobody('you are leaving this call');
  if (seat.confirmed === null) return nobodyYet('waiting for Twilio');
  if (seat.status === 'joining') return nobodyYet('you are joining this call');
  if (!seat.stream) return nobodyYet('waiting for your sound to reach Twilio');
  const held = onHoldWords(call.room, legNamesIn(call, state), legs);
  return nobody(held ?? 'whom you spoke to is gone');
}

function waysOut(call: RoomCall): readonly ReachAct[] {
  if (call.kind !== 'supervised') return canLeave(call) ? ['leave'] : [];
  return presentMode(call) === 'takeover' ? ['hand-back'] : ['leave'];
}

function reachesCustomer(hearers: readonly Leg[]): boolean {
  return hearers.some(leg => leg.role === 'customer');
}

function hearersWords(hearers: readonly Leg[], name: NameOf): string {
  return joinNames(hearers.map(name)).toUpperCase();
}

/** Who is there and does not hear: `Dana does not`. */
function othersWords({ legs }: Room, hearers: readonly Leg[], name: NameOf): string {
  const others = legs.filter(leg => leg.status === 'joined' && !hearers.includes(leg));
  if (others.length === 0) return '';
  return `${joinNames(others.map(name))} ${others.length === 1 ? 'does' : 'do'} not`;
}

function onHoldWords(
  room: Room,
  name: NameOf,
  legs: readonly Leg[] = agentsOf(room.legs),
): string | null {
  const held = legs.filter(leg => leg.status === 'joined' && leg.held);
  if (held.length === 0) return null;
  const one = held.length === 1;
  return `${joinNames(held.map(name))} ${one ? 'is' : 'are'} on hold and ${one ? 'hears' : 'hear'} music`;
}

/** A telephone is not shut by the keys of the microphone. */
function phoneKeys({ kind }: RoomCall): string {
  return kind === 'supervised' ? 'L makes you silent; M and Space do not' : 'mute it there';
}

function heldKey(call: RoomCall, state: ConsoleState): string {
  return call.muted && state.talkKeyHeld ? 'while you hold Space' : '';
}

/** Sounds placed this far to a side are heard in that ear. */
const IN_ONE_EAR = 0.5;

function ear({ pan }: LiveCall): string {
  if (pan === 0) return '';
  return Math.abs(pan) >= IN_ONE_EAR
    ? ` (${pan < 0 ? 'left' : 'right'} ear)`
    : ` (${panWords(pan)})`;
}

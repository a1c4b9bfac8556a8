import type { LiveCall } from '../../electron/core/call.ts';
import { agentsOf, hearersOf, type Mode, type Room, wouldHear } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';
import { joinNames, legNamesIn, type NameOf } from '../words/room-words.ts';
import { heardLegs } from './heard-legs.ts';
import { MODE_NAMES, presentMode } from './mode-view.ts';
import { hearersOfPhone, isByPhone, isPhoneInDoubt, isPhoneRinging } from './phone-seat.ts';

/** What holds in a call now, in one or two sentences: what stands above its modes while nothing is asked. */
export function modeWords(call: LiveCall, state: ConsoleState): string {
  const { room, agent } = call;
  if (room === null) return agent === null ? '' : agentWords(call, agent.name, state);
  const name = legNamesIn(call, state);
  if (room.requested !== null) return askedWords(room, room.requested.mode);
  if (isPhoneInDoubt(room)) return 'Your phone may be heard until Twilio tells how it is.';
  const { heard } = heardLegs(room);
  const mode = presentMode(call);
  const hear =
    heard.length === 0 ? 'You hear nobody yet.' : `You hear ${joinNames(heard.map(name))}.`;
  if (mode === null || mode === 'listen') return `${hear} Nobody hears you.`;
  const coached = room.seat?.confirmed?.coaching ?? undefined;
  const whom = joinNames(wouldHear(room, mode, coached).map(name));
  const waits = mode === 'takeover' ? waitingWords(room, name) : '';
  if (isByPhone(call)) {
    return hearersOfPhone(room).length === 0
      ? `${hear} Nobody hears you.`
      : `Your phone is open to ${whom}; press Listen (L) to be silent.${waits}`;
  }
  if (!call.muted && hearersOf(room).length > 0) {
    return `Your microphone is open to ${whom}; M closes it.${waits}`;
  }
  if (mode === 'takeover') return `Hold Space or press M to speak to ${whom}.${waits}`;
  return mode === 'whisper'
    ? `Hold Space to whisper to ${whom}; M keeps the microphone open.`
    : `Hold Space or press M to speak to ${whom}.`;
}

function askedWords(room: Room, mode: Mode): string {
  const asked = mode === 'listen' ? 'Listening' : MODE_NAMES[mode];
  if (isPhoneInDoubt(room)) return `${asked} asked. Your phone may be heard until Twilio confirms.`;
  if (mode === 'listen') return `${asked} asked. Nobody hears you.`;
  if (isPhoneRinging(room)) {
    return `${asked} asked. Your phone rings: pick it up. Nobody hears you until Twilio confirms.`;
  }
  return `${asked} asked. Nobody hears you until Twilio confirms.`;
}

function waitingWords({ legs }: Room, name: NameOf): string {
  const held = agentsOf(legs).filter(leg => leg.held);
  if (held.length === 0) return '';
  const one = held.length === 1;
  return ` ${joinNames(held.map(name))} ${one ? 'is' : 'are'} on hold and can be brought back.`;
}

function agentWords(call: LiveCall, agent: string, state: ConsoleState): string {
  const customer = nameInState(call, state);
  switch (call.agent?.status) {
    case 'silent':
      return `You speak with ${customer}. ${agent} is silent and listens.`;
    case 'connecting':
      return `${agent} is being connected with ${customer}.`;
    default:
      return `${agent} serves ${customer}. Nobody hears you.`;
  }
}

/** What handing a call back will have done; empty when nobody is there to serve it again. */
export function handedBackWords(call: LiveCall, state: ConsoleState): string {
  const customer = nameInState(call, state);
  if (call.agent !== null) return `${call.agent.name} serves ${customer} again. Nobody hears you.`;
  if (call.room === null) return '';
  const there = agentsOf(call.room.legs).filter(leg => leg.status === 'joined');
  if (there.length === 0) return '';
  const agents = there.map(legNamesIn(call, state));
  return `${joinNames([...agents, customer])} hear each other again. Nobody hears you.`;
}

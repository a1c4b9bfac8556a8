import type { LiveCall, Party } from '../../electron/core/call.ts';
import {
  agentsOf,
  type Leg,
  type Mode,
  type RoomView,
  wouldHear,
} from '../../electron/core/room.ts';
import { type ConsoleState, standingCalls } from '../../electron/core/state.ts';
import { fullName, nameInState, shortName } from './names.ts';

/** How somebody on a call is named. */
export type NameOf = (leg: Leg) => string;

/** The most people a sentence names before it counts the rest. */
const MOST_NAMED = 3;

/** Names those on a call by first name, told from each other and from people of other calls. */
export function legNames(room: Pick<RoomView, 'legs'>, others: readonly Party[] = []): NameOf {
  const parties = [...room.legs.map(leg => leg.party), ...others];
  return leg => (leg.isProgram ? programName : String)(shortName(leg.party, parties));
}

/** The same for a call of this desk, told from the people of its other calls, too. */
export function legNamesIn(call: LiveCall, state: ConsoleState): NameOf {
  const others = standingCalls(state).filter(other => other.id !== call.id);
  return legNames(
    { legs: call.room?.legs ?? [] },
    others.map(other => other.them),
  );
}

/** `Dana`, `Dana and Maria`, `Dana, Maria and Sam`; from four people on `Dana, Maria and 2 more`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return last;
  if (names.length <= MOST_NAMED) return `${names.slice(0, -1).join(', ')} and ${last}`;
  const named = names.slice(0, MOST_NAMED - 1);
  return `${named.join(', ')} and ${names.length - named.length} more`;
}

/** Customer and agents, `Dana Reyes ↔ Maria`; without an agent, the customer alone. */
export function pairWords(room: RoomView, full = true): string {
  const name = legNames(room);
  const [customer] = room.legs.filter(leg => leg.role === 'customer');
  const agents = joinNames(agentsOf(room.legs).map(name));
  const who = customer === undefined ? '' : full ? fullName(customer.party) : name(customer);
  return [who, agents].filter(part => part !== '').join(' ↔ ');
}

/** What a call is called: `Dana Reyes ↔ Maria`, `Ann ↔ Booker AI`, or the other side's name. */
export function callTitle(call: LiveCall): string {
  if (call.room !== null && call.kind === 'supervised') return pairWords(call.room);
  if (call.agent !== null) return `${fullName(call.them)} ↔ ${programName(call.agent.name)}`;
  if (call.room === null) return fullName(call.them);
  const name = legNames(call.room);
  const others = call.room.legs.filter(leg => leg.role === 'agent').map(name);
  return [fullName(call.them), ...others].join(', ');
}

/** The same in a few words: `Dana ↔ Maria`. */
export function shortTitle(call: LiveCall, state: ConsoleState): string {
  if (call.room !== null && call.kind === 'supervised') return pairWords(call.room, false);
  const them = nameInState(call, state);
  return call.agent === null ? them : `${them} ↔ ${call.agent.name}`;
}

/**
 * Who hears this desk in a mode: `nobody`, `Maria only`, `Dana + Maria`, `Dana; Maria held`, or of a call
 * that another application's program serves, `Dana; program ended`.
 */
export function hearersWords(room: RoomView, mode: Mode, name: NameOf): string {
  const names = wouldHear(room, mode).map(name);
  if (names.length === 0) return 'nobody';
  if (mode === 'whisper') return `${joinNames(names)} only`;
  if (mode !== 'takeover') return names.join(' + ');
  if (room.shape === 'alone') return `${names.join(' + ')}; program ended`;
  const agents = agentsOf(room.legs).filter(leg => leg.status === 'joined');
  if (agents.length === 0) return `${names.join(' + ')} only`;
  return `${names.join(' + ')}; ${joinNames(agents.map(name))} held`;
}

/** A voice agent is never taken for a person. */
export function programName(name: string): string {
  return /\bAI$/.test(name) ? name : `${name} AI`;
}

import type { LiveCall } from '../../electron/core/call.ts';
import { agentsOf, hearersOf, type Leg } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';
import { legNamesIn, programName } from '../words/room-words.ts';
import { heardLegs } from './heard-legs.ts';
import { isByPhone, isPhoneInDoubt } from './phone-seat.ts';

/** Whether somebody hears this desk now: not, one who serves, a customer, or nobody knows. */
type Ear = 'none' | 'agent' | 'customer' | 'maybe';

/** Somebody on a call, as the list of people says it. */
export type CallPerson = {
  readonly key: string;
  readonly name: string;
  readonly ear: Ear;
  /** What sets them apart: on hold, muted, ringing, silent. */
  readonly marks: readonly string[];
  /** What can be done to them; null for somebody who is not a leg. */
  readonly leg: Leg | null;
};

/** Who is on a live call beside this desk, with whether they hear it by what its gate lets out. */
export function peopleOf(call: LiveCall, state: ConsoleState): readonly CallPerson[] {
  const { room, agent } = call;
  if (room !== null) {
    const name = legNamesIn(call, state);
    const hearing = isSpeaking(call, state) ? hearersOf(room) : [];
    const silent = isPhoneInDoubt(room) ? 'maybe' : 'none';
    return room.legs.map(leg => ({
      key: leg.sid,
      name: name(leg),
      ear: hearing.includes(leg) ? leg.role : leg.status === 'joined' ? silent : 'none',
      marks: marksOf(leg),
      leg,
    }));
  }
  const speaks = state.reach === call.id;
  const them: CallPerson = {
    key: 'them',
    name: nameInState(call, state),
    ear: speaks && agent?.whispered !== true ? 'customer' : 'none',
    marks: call.heldAt === null ? [] : ['on hold'],
    leg: null,
  };
  if (agent === null) return [them];
  const marks = {
    connecting: ['connecting'],
    serving: [],
    silent: ['silent, listens'],
    lost: ['lost'],
  }[agent.status];
  const ear = speaks && agent.whispered ? 'agent' : 'none';
  return [them, { key: 'agent', name: programName(agent.name), ear, marks, leg: null }];
}

/** Whether this desk's voice goes out: through the gate, or by a telephone that Earshot cannot shut. */
function isSpeaking(call: LiveCall, state: Pick<ConsoleState, 'reach'>): boolean {
  return state.reach === call.id || isByPhone(call);
}

/** Whether this desk can leave and the others go on. */
export function canLeave(call: LiveCall): boolean {
  if (call.kind === 'supervised') return true;
  return call.room !== null && call.room.legs.filter(leg => leg.status === 'joined').length > 1;
}

/**
 * Whether the customer would be alone in a conference once this desk left it: nobody who serves is
 * there or on the way, and no other desk speaks to them.
 */
export function leavesAlone({ kind, room }: LiveCall): boolean {
  if (kind !== 'supervised' || room === null || room.seat === null) return false;
  if (room.shape !== 'conference' || agentsOf(room.legs).length > 0) return false;
  return room.legs.length > 0 && room.others.every(({ mode }) => mode === 'listen');
}

/** Whether somebody can be brought into a call, or it can be given to somebody else. */
export function takesPeople(call: LiveCall): boolean {
  if (call.kind === 'notify' || call.carrier !== 'stream' || call.agent !== null) return false;
  return call.room === null || call.room.shape === 'conference' || call.room.shape === 'dialled';
}

/** Whom this desk hears, and who is missing and why, as a sentence. */
export function youHearWords(call: LiveCall, state: ConsoleState): string {
  const { room } = call;
  if (room === null) return '';
  const name = legNamesIn(call, state);
  const { heard, missing } = heardLegs(room);
  const names = heard.length === 0 ? 'nobody' : heard.map(name).join(', ');
  const why = missing.map(
    leg => `${name(leg)}${leg.held ? ' is on hold' : leg.muted ? ' is muted' : ' is not heard'}`,
  );
  return [`You hear: ${names}`, ...why].join('; ');
}

/** Whose recording keeps what is whispered; null when nobody serves. */
export function whisperKeptWords(call: LiveCall, state: ConsoleState): string | null {
  const { room } = call;
  if (room === null) return null;
  const coached = room.seat?.confirmed?.coaching;
  const agents = agentsOf(room.legs);
  const leg = agents.find(({ sid }) => sid === coached) ?? agents.find(agent => !agent.isProgram);
  if (leg === undefined) return null;
  return `Whisper is kept on ${legNamesIn(call, state)(leg)}'s recording only.`;
}

function marksOf(leg: Leg): readonly string[] {
  if (leg.status === 'ringing') return ['ringing'];
  return [leg.held ? 'on hold' : null, leg.muted ? 'muted' : null].filter(mark => mark !== null);
}

import type { AccountCall, Leg } from '../../electron/core/room.ts';
import { fullName, numberOf } from '../words/names.ts';
import { programName } from '../words/room-words.ts';
import { formatMoment, spellLength } from '../words/times.ts';

const SHAPES: Readonly<Record<AccountCall['shape'], string>> = {
  alone: 'With a program of the account',
  dialled: 'Two people, joined by a dial',
  queued: 'In a queue',
  conference: 'A conference',
};

/** What is known of a call of the account without hearing it, by name. */
export function accountCallFacts(
  call: AccountCall,
  now: number,
): readonly (readonly [name: string, value: string])[] {
  const { waiting } = call;
  const facts: (readonly [string, string])[] = [];
  for (const [role, name] of [
    ['customer', 'Customer'],
    ['agent', 'Agent'],
  ] as const) {
    const legs = call.legs.filter(leg => leg.role === role);
    if (legs.length > 0) facts.push([name, legs.map(legWords).join('; ')]);
  }
  facts.push(['Direction', call.direction === 'inbound' ? 'Somebody called in' : 'Called out']);
  facts.push(['Joined by', SHAPES[call.shape]]);
  facts.push(['Goes on for', spellLength(now - call.startedAt)]);
  if (waiting !== null) {
    facts.push(['Waits', `${spellLength(now - waiting.since)} in ${waiting.queue}`]);
  }
  if (call.others.length > 0) {
    const seats = call.others.map(({ name, mode }) => `${name} (${mode})`);
    facts.push(['Also here', seats.join(', ')]);
  }
  facts.push(['Began', formatMoment(call.startedAt)]);
  facts.push(['CallSid', call.sid]);
  return facts;
}

/** What Earshot has of such a call, and what becoming a listener does. */
export function hearsWords(call: AccountCall): string {
  if (call.status === 'waiting') return 'Nobody speaks with this call yet.';
  if (call.status === 'ringing') return 'It rings: there is nothing to hear yet.';
  return 'Earshot does not hear this call. Listening brings its sound here; nobody on the call is told.';
}

function legWords({ party, isProgram, status, held, muted }: Leg): string {
  const name = fullName(party);
  const number = numberOf(party);
  return [
    isProgram ? programName(name) : name,
    name === number ? null : number,
    status === 'ringing' ? 'ringing' : null,
    held ? 'on hold' : null,
    muted ? 'muted' : null,
  ]
    .filter(part => part !== null)
    .join(', ');
}

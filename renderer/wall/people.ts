import type { EndedCall, Party } from '../../electron/core/call.ts';
import type { RoomView } from '../../electron/core/room.ts';
import { fullName, shortName } from '../words/names.ts';
import { joinNames, pairWords } from '../words/room-words.ts';

/** Who talks with whom on a call with legs: `Dana ↔ Maria`; the whole name of one who is alone. */
export function betweenWords(room: RoomView): string {
  const [alone, ...others] = room.legs;
  if (alone === undefined) return 'Nobody known yet';
  return others.length === 0 ? fullName(alone.party) : pairWords(room, false);
}

/**
 * Who talked with whom on a call that is over: `Dana ↔ Maria`; `Dana Reyes, Maria` when this desk was in it.
 * @param full with whole names
 */
export function pastWords({ them, others, kind }: EndedCall, full = false): string {
  if (others.length === 0) return fullName(them);
  const all = [them, ...others];
  const name = full ? fullName : (one: Party) => shortName(one, all);
  return kind === 'supervised'
    ? `${name(them)} ↔ ${joinNames(others.map(name))}`
    : [fullName(them), ...others.map(name)].join(', ');
}

/** People for a sentence: `Dana and Maria`; empty when there is nobody. */
export function namesOf(parties: readonly Party[]): string {
  return joinNames(parties.map(party => shortName(party, parties)));
}

import type { Call, Party } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { type ConsoleState, standingCalls } from '../../electron/core/state.ts';

/** A person who is no number: `client:maria`, `sip:maria@example.com`. Source: Participants resource, `To`. */
const ADDRESS = /^(?:client|sips?):([^@;]+)/i;

/** The number as dialled, the name in an address, or words when the caller hides it. */
export function numberOf(party: Party): string {
  const address = ADDRESS.exec(party.number)?.[1];
  if (address !== undefined) return address;
  return /\d/.test(party.number) ? formatPhoneNumber(party.number) : 'Hidden number';
}

/** The name, or the number when nobody told one. */
export function fullName(party: Party): string {
  return party.name ?? numberOf(party);
}

/** The first name, with the last initial when `others` share it; `…0177` when the name is unknown. */
export function shortName(party: Party, others: readonly Party[] = []): string {
  if (party.name === null) {
    if (ADDRESS.test(party.number)) return numberOf(party);
    const digits = party.number.replace(/\D/g, '');
    return digits === '' ? 'Hidden number' : `…${digits.slice(-4)}`;
  }
  const [first = party.name, ...rest] = party.name.trim().split(/\s+/);
  const initial = rest.at(-1)?.[0];
  const shared = others.some(
    other => other !== party && other.name?.trim().split(/\s+/)[0] === first,
  );
  return shared && initial !== undefined ? `${first} ${initial}` : first;
}

/** How a call is named while other calls stand beside it. */
export function nameInState(call: Call, state: ConsoleState): string {
  const others = standingCalls(state).filter(other => other.id !== call.id);
  return shortName(
    call.them,
    others.map(other => other.them),
  );
}

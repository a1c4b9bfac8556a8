import type { Party } from './call.ts';
import type { ListedCall } from './conference.ts';
import type { PhoneNumber } from './phone-number.ts';

/** Who is called what. @field nameOf null when no name is known */
type Names = { readonly nameOf: (number: string) => string | null };

/** The outside end of a leg: who called, or who was called. */
export function addressOf({ direction, from, to }: ListedCall): string {
  return direction === 'inbound' ? from : to;
}

/** The number of the account on a leg; null when it is a client or a SIP user there. */
export function ourNumber({ direction, from, to }: ListedCall): PhoneNumber | null {
  const number = direction === 'inbound' ? to : from;
  return number.startsWith('+') ? number : null;
}

/** Somebody by address; a client or a SIP user is called what the address says, unless a name is known. */
export function partyAt(address: string, { nameOf }: Names): Party {
  const user = /^(?:client|sips?):([^@;?]+)/i.exec(address)?.[1] ?? null;
  return { number: address, name: nameOf(address) ?? user };
}

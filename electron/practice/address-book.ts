import { readAddress } from './address.ts';
import type { Person } from './person.ts';

/** Finds people by number, client or SIP address; of two at the same one the later counts. */
export function addressBook(people: readonly Person[]): (to: string) => Person | undefined {
  const book = new Map(
    people.flatMap(person =>
      [person.number, ...(person.addresses ?? [])].map(at => [at, person] as const),
    ),
  );
  return to => book.get(readAddress(to)?.address ?? to);
}

import type { Party } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { FindOption } from '../controls/find-menu.tsx';
import { fullName } from '../words/names.ts';

/** The least digits that say anything of a number. */
const LEAST_DIGITS = 3;

/** How many people are offered. */
const MOST_OFFERED = 50;

/**
 * Who may be meant by a name or a number that is typed: people of calls that are kept, each number once,
 * and digits as they are typed. Who has no number cannot be filtered by.
 * @param parties those who were called or called, the newest first
 */
export function peopleFor(text: string, parties: readonly Party[]): readonly FindOption[] {
  const wanted = text.trim().toLowerCase();
  const digits = wanted.replace(/[\s()+.-]/g, '');
  const isNumber = /^\d+$/.test(digits) && digits.length >= LEAST_DIGITS;
  const people = new Map<string, FindOption>();
  for (const party of parties) {
    const number = party.number.replace(/\D/g, '');
    if (number.length < LEAST_DIGITS || !party.number.startsWith('+')) continue;
    const known = people.get(party.number);
    // A later call may have told no name.
    if (known?.detail !== undefined || (known !== undefined && party.name === null)) continue;
    const isFound =
      wanted === '' ||
      party.name?.toLowerCase().includes(wanted) === true ||
      (isNumber && number.includes(digits));
    if (!isFound) continue;
    const detail = party.name === null ? {} : { detail: formatPhoneNumber(party.number) };
    people.set(party.number, { value: party.number, name: fullName(party), ...detail });
  }
  const all = [...people.values()].slice(0, MOST_OFFERED);
  if (!isNumber || all.some(({ value }) => value.replace(/\D/g, '') === digits)) return all;
  return [...all, { value: digits, name: text.trim(), detail: 'any number with this' }];
}

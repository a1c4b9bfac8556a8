import { createLineNumber, type LineNumber } from './line-number.ts';

const OWN_NUMBERS = [
  { phoneNumber: '+14155550100', voice: true },
  { phoneNumber: '+14155550111', voice: true },
  { phoneNumber: '+14155550112', voice: false },
];

/** The numbers of an account, the main one first. */
export function createOwnNumbers(at: number): readonly LineNumber[] {
  return OWN_NUMBERS.map(number => createLineNumber(number, at));
}

import { randomBytes } from 'node:crypto';

/** A fresh identifier in Twilio's form: the two letters of its kind and 32 hexadecimal digits. */
export function createSid(kind: 'AC' | 'CA' | 'MZ' | 'PN' | 'QU'): string {
  return `${kind}${randomBytes(16).toString('hex')}`;
}

import { randomBytes } from 'node:crypto';

/** A fresh identifier in Twilio's form: the two letters of its kind and 32 hexadecimal digits. */
export function createSid(
  kind:
    | 'AC'
    | 'AP'
    | 'CA'
    | 'CF'
    | 'GT'
    | 'ME'
    | 'MM'
    | 'MZ'
    | 'NO'
    | 'PN'
    | 'QU'
    | 'RE'
    | 'SK'
    | 'SM',
): string {
  return `${kind}${randomBytes(16).toString('hex')}`;
}

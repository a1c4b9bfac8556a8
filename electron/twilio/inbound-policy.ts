import type { Settings } from '../core/settings.ts';

/** A number written out whole; Twilio writes words such as `anonymous` for one that is hidden. */
const WHOLE_NUMBER = /^\+(\d+)$/;

/**
 * Whether a caller may ring here. A list is compared digit by digit: a number that only ends like
 * one of it is another number, and a hidden one is none.
 */
export function mayRing(
  caller: string,
  { inboundPolicy, allowList }: Pick<Settings, 'inboundPolicy' | 'allowList'>,
): boolean {
  if (inboundPolicy === 'open') return true;
  if (inboundPolicy === 'closed') return false;
  const digits = WHOLE_NUMBER.exec(caller.trim())?.[1];
  return digits !== undefined && allowList.some(allowed => allowed === `+${digits}`);
}

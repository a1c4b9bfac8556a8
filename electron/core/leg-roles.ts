import { roomName } from './conference.ts';

/** What decides whether a leg is served or serves. */
export type KnownLeg = {
  readonly sid: string;
  /** What whoever made it calls it; null when that says nothing. */
  readonly label: 'customer' | 'agent' | null;
  /** It is at a place of agents: a client, a SIP address, an app, or a number of the account's people. */
  readonly serves: boolean;
  /** It called in. */
  readonly isInbound: boolean;
  /** In ms since the epoch; null when it is not known. */
  readonly startedAt: number | null;
};

/** What is known of the call beside its legs. */
type CallHints = {
  /** The name of the conference; null when it is none. */
  readonly room: string | null;
  /** The legs that were taken for customers before. */
  readonly followed: { readonly has: (sid: string) => boolean };
};

/**
 * The leg that is served; null without legs. In this order: the one this desk follows the call by, so that
 * a call keeps its name; one labelled so; the one the conference is named after. Else, of those not
 * labelled as agents and not at a place of agents, the first that called in, or the first at all.
 *
 * So in click to call, where Twilio rings somebody and then dials somebody else (an `outbound-api` parent
 * and its child), the child is the customer when the parent rang a client, a SIP address or a number of
 * the account's people; else the parent is. The same holds for a client that dials out itself.
 */
export function customerOf<Known extends KnownLeg>(
  legs: readonly Known[],
  { room, followed }: CallHints,
): Known | null {
  const oldest = [...legs].sort((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity));
  const isOutside = ({ label, serves }: KnownLeg): boolean => label !== 'agent' && !serves;
  const tests: readonly ((leg: KnownLeg) => boolean)[] = [
    ({ sid }) => followed.has(sid),
    ({ label }) => label === 'customer',
    ({ sid, label }) => label !== 'agent' && room === roomName(sid),
    leg => isOutside(leg) && leg.isInbound,
    isOutside,
    ({ label, isInbound }) => label !== 'agent' && isInbound,
    ({ label }) => label !== 'agent',
    () => true,
  ];
  for (const test of tests) {
    const found = oldest.find(test);
    if (found !== undefined) return found;
  }
  return null;
}

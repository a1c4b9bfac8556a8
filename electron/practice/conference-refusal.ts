import type { JoinOptions } from './conference-options.ts';
import type { Participant } from './conference-participant.ts';

/** Why somebody cannot join, with Twilio's error code. */
export type Refusal = { readonly code: number; readonly text: string };

/** Twilio's errors 16020, 16025 and 13240. */
const FULL: Refusal = { code: 16020, text: 'The conference is full' };
const LABEL_TAKEN: Refusal = { code: 16025, text: 'The label is taken in the conference' };
const NOBODY_TO_COACH: Refusal = { code: 13240, text: 'Who is to be coached is not there' };

/** Why somebody cannot join so; undefined when they can. */
export function refusalOf(
  { label, coaching, callSidToCoach, maxParticipants }: JoinOptions,
  connected: readonly Participant[],
  invited: readonly Participant[],
): Refusal | undefined {
  const everybody = [...connected, ...invited];
  if (everybody.length >= maxParticipants) return FULL;
  if (label !== '' && everybody.some(other => other.label === label)) return LABEL_TAKEN;
  if (!coaching) return undefined;
  const coached = connected.some(({ call }) => call.sid === callSidToCoach);
  return coached ? undefined : NOBODY_TO_COACH;
}

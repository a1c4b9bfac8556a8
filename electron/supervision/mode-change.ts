import type { Participant, ParticipantChange } from '../core/conference.ts';
import { agentsOf, type Leg, type Mode } from '../core/room.ts';

/** What is asked for. */
export type ModeWish = {
  readonly mode: Mode;
  /** CallSid of the leg to whisper to; null in every other mode. */
  readonly coached: string | null;
};

/** What a change of mode begins from. */
type ModeFacts = {
  readonly legs: readonly Leg[];
  /** CallSids of the legs this desk put on hold, or may have. */
  readonly held: readonly string[];
  /** CallSid of the leg whose end is watched; null when none is. */
  readonly guarded: string | null;
};

/** One thing to do on the way to a mode. */
export type ModeStep =
  | { readonly do: 'mute' | 'unmute' | 'settle' | 'unguard' }
  | { readonly do: 'coach'; readonly sid: string | null }
  | { readonly do: 'hold' | 'unhold' | 'guard'; readonly sid: string };

/**
 * The way to a mode, in the only order in which no word reaches other ears than were meant: silent
 * first, then who would hear, then who is there to hear, and heard again at last. The seat is muted
 * even when it is thought to be muted already: what another desk did to it may not be known yet.
 */
export function stepsTo(facts: ModeFacts, { mode, coached }: ModeWish): readonly ModeStep[] {
  const { held, guarded } = facts;
  const whispers = mode === 'whisper' && coached !== null;
  const unguard: readonly ModeStep[] =
    guarded === null || (whispers && guarded === coached) ? [] : [{ do: 'unguard' }];
  const release = held.map((sid): ModeStep => ({ do: 'unhold', sid }));
  const silent: readonly ModeStep[] = [{ do: 'mute' }, { do: 'coach', sid: null }];
  const heard: readonly ModeStep[] = [{ do: 'settle' }, { do: 'unmute' }];
  if (whispers) {
    const guard: readonly ModeStep[] = guarded === coached ? [] : [{ do: 'guard', sid: coached }];
    // Whoever is on hold cannot be whispered to. Source: Twilio error 16027.
    return [
      { do: 'mute' },
      ...release,
      { do: 'coach', sid: coached },
      ...unguard,
      ...guard,
      ...heard,
    ];
  }
  switch (mode) {
    case 'listen':
    case 'whisper':
      return [...silent, ...release, ...unguard];
    case 'barge':
      return [...silent, ...release, ...unguard, ...heard];
    case 'takeover': {
      const toHold = agentsOf(facts.legs).filter(leg => leg.status === 'joined' && !leg.held);
      const hold = toHold.map(({ sid }): ModeStep => ({ do: 'hold', sid }));
      return [...silent, ...unguard, ...hold, ...heard];
    }
  }
}

/** What a step asks of Twilio about a participant; null when it asks nothing. @param seatSid this desk's own leg */
export function changeOf(
  step: ModeStep,
  seatSid: string,
): { readonly sid: string; readonly change: ParticipantChange } | null {
  switch (step.do) {
    case 'mute':
      return { sid: seatSid, change: { muted: true } };
    case 'unmute':
      return { sid: seatSid, change: { muted: false } };
    case 'coach':
      return { sid: seatSid, change: { coaching: step.sid } };
    case 'hold':
      return { sid: step.sid, change: { hold: true } };
    case 'unhold':
      return { sid: step.sid, change: { hold: false } };
    default:
      return null;
  }
}

/** Whether a reply confirms a step, and everything that the steps before it made so. @param coached whom the mode whispers to */
export function isConfirmed(step: ModeStep, reply: Participant, coached: string | null): boolean {
  switch (step.do) {
    case 'mute':
      return reply.muted;
    case 'coach':
      return reply.muted && reply.coaching === step.sid;
    case 'hold':
      return reply.held;
    case 'unhold':
      return !reply.held;
    case 'unmute':
      return !reply.muted && reply.coaching === coached;
    default:
      return true;
  }
}

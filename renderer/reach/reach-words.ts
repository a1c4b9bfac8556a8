import type { CallId } from '../../electron/core/call.ts';
import type { View } from '../state/place.ts';

/**
 * Who hears this desk: a customer now, only one who serves, either of them if the microphone opened,
 * nobody, or no call at all.
 */
type Reach = 'customer' | 'agent' | 'would' | 'agent-would' | 'nobody' | 'closed';

/** What can be done from the reach bar about the call of its sentence. */
export type ReachAct = 'stop' | 'open' | 'close' | 'hand-back' | 'leave';

/** The part of a sentence that says who hears. */
export type Said = {
  readonly reach: Reach;
  /** ◉ a customer hears, ◐ only one who serves, ○ nobody, ◌ nobody yet. */
  readonly glyph: '◉' | '◐' | '○' | '◌';
  /** The sentence, in capitals. Never cut. */
  readonly words: string;
  /** What goes with it; gives way when there is no room. */
  readonly detail: string;
  /** Who does not hear. */
  readonly aside?: string;
  /** Since when it waits for Twilio, in ms since the epoch. */
  readonly since?: number;
  readonly acts?: readonly ReachAct[];
  /** A customer hears somebody who supervises: the whole window says so. */
  readonly framed?: boolean;
};

/** What the person looks at and does, beside the state. */
export type ReachContext = {
  /** The call on screen; null when none is. */
  readonly shownCallId: CallId | null;
  readonly place: View | 'palette';
  /** The microphone has picked up speech for a while and the gate is closed. */
  readonly talkingUnheard: boolean;
  /** Who joined an open whisper, which closed the microphone; empty when nobody did. */
  readonly joined?: { readonly callId: CallId; readonly names: string } | null;
};

/** Nobody hears this desk. */
export function nobody(detail: string): Said {
  return { reach: 'nobody', glyph: '○', words: 'NOBODY HEARS YOU', detail };
}

/** Nobody hears this desk yet. */
export function nobodyYet(detail: string): Said {
  return { reach: 'nobody', glyph: '◌', words: 'NOBODY HEARS YOU YET', detail };
}

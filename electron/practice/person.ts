import type { Voice } from '../speech/flite.ts';
import type { PracticeCall } from './call.ts';
import type { NoiseKind } from './noise.ts';
import type { Script } from './script.ts';
import type { WireEnd } from './wire.ts';

/** What happens when a person is called. Times in milliseconds from the first ring. */
type PickUp =
  | { readonly does: 'answer'; readonly afterMs: number }
  | { readonly does: 'busy'; readonly afterMs: number }
  | { readonly does: 'ring-out' }
  | { readonly does: 'fail'; readonly afterMs: number; readonly sipCode: number }
  /** No person: a program of the account begins at their end, and answers or ends the call. */
  | { readonly does: 'run'; readonly begin: (call: PracticeCall) => void };

/** Somebody on the practice line. */
export type Person = {
  /** In E.164 form. */
  readonly number: string;
  /** Where they are reached besides: `client:…` and `sip:…`. */
  readonly addresses?: readonly string[];
  readonly name: string;
  /** One sentence on what they do, for the one who chooses whom to call. */
  readonly about: string;
  readonly voice: Voice;
  readonly background?: NoiseKind;
  /** Whether a machine answers for them; everybody else is human. */
  readonly machine?: boolean;
  /** Whether a trial account may call them. */
  readonly verified?: boolean;
  readonly pickUp: PickUp;
  /** How long they let it ring when they call, in milliseconds. */
  readonly patienceMs: number;
  readonly whenCalled: Script;
  readonly whenCalling: Script;
  /** The leg at whose back theirs is, instead of their scripts. */
  readonly wire?: WireEnd;
};

/** The person behind a number that is not given to anyone: the call fails as Twilio's do (SIP 404). */
export function nobody(number: string): Person {
  return {
    number,
    name: '',
    about: 'This number is not in service.',
    voice: { name: 'rms' },
    pickUp: { does: 'fail', afterMs: 100, sipCode: 404 },
    patienceMs: 0,
    whenCalled: [],
    whenCalling: [],
  };
}

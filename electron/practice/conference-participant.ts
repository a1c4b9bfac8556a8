import type { PracticeCall } from './call.ts';
import type { Beep, Interlude, JitterBufferSize, JoinOptions } from './conference-options.ts';

/** Twilio's words for how far a participant is. */
export type ParticipantStatus =
  | 'queued'
  | 'ringing'
  | 'connecting'
  | 'connected'
  | 'complete'
  | 'failed';

/** What to change about a participant; what is left out stays. */
export type ParticipantChange = {
  readonly muted?: boolean | undefined;
  readonly hold?: boolean | undefined;
  /** What is heard on hold; music when it is not given with it. */
  readonly holdSound?: Interlude | undefined;
  /** False also forgets whom. Left out, it becomes true when `callSidToCoach` is given. */
  readonly coaching?: boolean | undefined;
  readonly callSidToCoach?: string | undefined;
  readonly beepOnExit?: boolean | undefined;
  readonly endConferenceOnExit?: boolean | undefined;
  readonly wait?: Interlude | undefined;
};

/** What a change came to. */
type Changed = 'mute' | 'unmute' | 'hold' | 'unhold' | 'modify';

const MUSIC: Interlude = { url: undefined, method: 'GET' };

/** A call in a conference, or on its way there. */
export class Participant {
  readonly call: PracticeCall;
  readonly label: string;
  readonly startConferenceOnEnter: boolean;
  readonly jitterBufferSize: JitterBufferSize;
  readonly beepsOnEnter: boolean;
  /** Milliseconds since the Unix epoch, like the other times. */
  readonly createdAt: number;
  #muted: boolean;
  #hold = false;
  #holdSound = MUSIC;
  #coaching: boolean;
  #callSidToCoach: string | undefined;
  #beepsOnExit: boolean;
  #endConferenceOnExit: boolean;
  #wait: Interlude;
  #joinedAt: number | undefined;
  #leftAt: number | undefined;
  #changedAt: number;

  constructor(call: PracticeCall, options: JoinOptions, at: number) {
    this.call = call;
    this.label = options.label;
    this.startConferenceOnEnter = options.startConferenceOnEnter;
    this.jitterBufferSize = options.jitterBufferSize;
    this.beepsOnEnter = beepsAt('onEnter', options.beep);
    this.createdAt = at;
    this.#beepsOnExit = beepsAt('onExit', options.beep);
    this.#muted = options.muted;
    this.#coaching = options.coaching;
    this.#callSidToCoach = options.coaching ? options.callSidToCoach : undefined;
    this.#endConferenceOnExit = options.endConferenceOnExit;
    this.#wait = options.wait;
    this.#changedAt = at;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get hold(): boolean {
    return this.#hold;
  }

  get holdSound(): Interlude {
    return this.#holdSound;
  }

  /** Heard by one alone, or by nobody when that one is not there. */
  get coaching(): boolean {
    return this.#coaching;
  }

  get callSidToCoach(): string | undefined {
    return this.#callSidToCoach;
  }

  get beepsOnExit(): boolean {
    return this.#beepsOnExit;
  }

  get endConferenceOnExit(): boolean {
    return this.#endConferenceOnExit;
  }

  get wait(): Interlude {
    return this.#wait;
  }

  /** Undefined until it is connected. */
  get joinedAt(): number | undefined {
    return this.#joinedAt;
  }

  /** When anything about it last changed. */
  get changedAt(): number {
    return this.#changedAt;
  }

  get status(): ParticipantStatus {
    if (this.#leftAt !== undefined) return this.#joinedAt === undefined ? 'failed' : 'complete';
    if (this.#joinedAt !== undefined) return 'connected';
    const { status } = this.call;
    return status === 'queued' || status === 'ringing' ? status : 'connecting';
  }

  /** It is connected from now on. */
  join(at: number): void {
    this.#joinedAt = at;
    this.#changedAt = at;
  }

  /** It is there no more. */
  leave(at: number): void {
    this.#leftAt = at;
    this.#changedAt = at;
  }

  /** Changes some of its properties. @returns what became of it; nothing when all was so before */
  change(change: ParticipantChange, at: number): readonly Changed[] {
    const changed: Changed[] = [];
    const { muted = this.#muted, hold = this.#hold } = change;
    if (muted !== this.#muted) changed.push(muted ? 'mute' : 'unmute');
    if (hold !== this.#hold) changed.push(hold ? 'hold' : 'unhold');
    this.#holdSound = change.holdSound ?? (this.#hold ? this.#holdSound : MUSIC);
    this.#muted = muted;
    this.#hold = hold;
    if (this.#modify(change)) changed.push('modify');
    if (changed.length > 0) this.#changedAt = at;
    return changed;
  }

  #modify(change: ParticipantChange): boolean {
    const before = this.#modifiable();
    this.#coaching = change.coaching ?? (change.callSidToCoach !== undefined || this.#coaching);
    this.#callSidToCoach = this.#coaching
      ? (change.callSidToCoach ?? this.#callSidToCoach)
      : undefined;
    this.#beepsOnExit = change.beepOnExit ?? this.#beepsOnExit;
    this.#endConferenceOnExit = change.endConferenceOnExit ?? this.#endConferenceOnExit;
    this.#wait = change.wait ?? this.#wait;
    const after = this.#modifiable();
    return before.some((value, index) => value !== after[index]);
  }

  #modifiable(): readonly (string | boolean | undefined)[] {
    const { url, method } = this.#wait;
    const coached = [this.#coaching, this.#callSidToCoach];
    return [...coached, this.#beepsOnExit, this.#endConferenceOnExit, url, method];
  }
}

/** The participant with a CallSid, or else with a label. */
export function findIn(
  participants: readonly Participant[],
  callSidOrLabel: string,
): Participant | undefined {
  const bySid = participants.find(({ call }) => call.sid === callSidOrLabel);
  return bySid ?? participants.find(({ label }) => label !== '' && label === callSidOrLabel);
}

/** Those who coached this call coach nobody: everybody hears them. */
export function uncoach(participants: readonly Participant[], callSid: string, at: number): void {
  for (const participant of participants) {
    if (participant.callSidToCoach === callSid) participant.change({ coaching: false }, at);
  }
}

function beepsAt(moment: 'onEnter' | 'onExit', beep: Beep): boolean {
  return beep === 'true' || beep === moment;
}

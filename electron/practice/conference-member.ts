import type { Frame } from '../core/audio/frame.ts';
import { isHeardBy, mixed } from './conference-mix.ts';
import type { Interlude } from './conference-options.ts';
import type { Participant } from './conference-participant.ts';
import { connectSound, type ParticipantSound } from './conference-sound.ts';
import { playBeside, playInterlude } from './conference-wait.ts';
import type { Line } from './line.ts';
import { SoundFeed } from './sound-feed.ts';
import { SpeechDetector } from './speech-detector.ts';

/** How a call came out of a conference. `left`: by itself, and goes on. */
export type Departure = 'hung-up' | 'left' | 'redirected' | 'kicked' | 'ended' | 'refused';

/** What a member hears alone instead of the conference. */
type Apart = { readonly interlude: Interlude; readonly over: AbortController };

/** A participant that is connected, with all its sound. */
export class Member {
  readonly participant: Participant;
  readonly #line: Line;
  readonly #out: (departure: Departure) => void;
  readonly #sound: ParticipantSound;
  readonly #interludes = new SoundFeed();
  readonly #announcements = new SoundFeed();
  readonly #speech = new SpeechDetector();
  readonly #over = new AbortController();
  #apart: Apart | undefined;

  /** @param out told once how it came out */
  constructor(line: Line, participant: Participant, out: (departure: Departure) => void) {
    this.#line = line;
    this.participant = participant;
    this.#out = out;
    this.#sound = connectSound(participant);
  }

  /** The frame that enters the conference now, whoever may hear it. */
  take(): Frame {
    return this.#sound.take();
  }

  /** Whether the participant has begun or stopped to speak with this frame. */
  speechIn(frame: Frame): 'start' | 'stop' | undefined {
    return this.#speech.next(frame);
  }

  /** Lets the participant hear 20 ms of the conference, unless it is apart. */
  hear(conference: () => Frame): void {
    const heard = this.#apart === undefined ? conference() : this.#interludes.next();
    this.#sound.hear(mixed([heard, this.#announcements.next()]));
  }

  /** Takes the participant apart to hear something else; undefined brings it back. */
  setApart(interlude: Interlude | undefined): void {
    const now = this.#apart?.interlude;
    if (now?.url === interlude?.url && now?.method === interlude?.method) return;
    this.#apart?.over.abort();
    this.#apart = undefined;
    if (interlude === undefined) return;
    const over = new AbortController();
    this.#apart = { interlude, over };
    const stage = this.#stage(this.#interludes, over.signal);
    playBeside(this.#line, playInterlude(stage, interlude));
  }

  /** Tells the participant alone something, over what it hears; resolves when it was told. */
  announce(interlude: Interlude): Promise<void> {
    return playInterlude(this.#stage(this.#announcements, this.#over.signal), interlude);
  }

  /** Takes the participant out. */
  leave(departure: Departure): void {
    this.#apart?.over.abort();
    this.#over.abort();
    this.#sound.close();
    this.participant.leave(this.#line.clock.now());
    this.#out(departure);
  }

  #stage(feed: SoundFeed, over: AbortSignal) {
    const line = this.#line;
    const { call } = this.participant;
    return { line, call, feed, signal: AbortSignal.any([over, call.over]) };
  }
}

/** Decides who hears the conference and who, on hold or waiting for others, something else. */
export function arrange(members: readonly Member[], hasStarted: boolean): void {
  const waiting = !hasStarted || members.length === 1;
  for (const member of members) {
    const { hold, holdSound, wait } = member.participant;
    member.setApart(hold ? holdSound : waiting ? wait : undefined);
  }
}

/**
 * One 20 ms of a conference: takes what each member says and lets each hear the others it may, with
 * what is told to all. @returns what each said
 */
export function exchange(
  members: readonly Member[],
  toAll: Frame,
): readonly { readonly member: Member; readonly frame: Frame }[] {
  const said = members.map(member => ({ member, frame: member.take() }));
  for (const listener of members) {
    listener.hear(() => {
      const heard = said.filter(({ member }) =>
        isHeardBy(member.participant, listener.participant),
      );
      return mixed([toAll, ...heard.map(({ frame }) => frame)]);
    });
  }
  return said;
}

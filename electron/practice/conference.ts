import { type Frame, SILENCE } from '../core/audio/frame.ts';
import type { Cancel } from '../core/clock.ts';
import { pace } from '../core/frame-clock.ts';
import type { PracticeCall } from './call.ts';
import { enterBeep, exitBeep } from './conference-beep.ts';
import {
  conferenceCallbacks,
  endParams,
  leaveParams,
  type TellConference,
} from './conference-callbacks.ts';
import { arrange, type Departure, exchange, Member } from './conference-member.ts';
import type { Interlude, JoinOptions } from './conference-options.ts';
import { findIn, Participant, type ParticipantChange, uncoach } from './conference-participant.ts';
import { REASON_LEFT, type ReasonEnded } from './conference-reasons.ts';
import { type Refusal, refusalOf } from './conference-refusal.ts';
import { playBeside, playInterlude } from './conference-wait.ts';
import { alert, type Line } from './line.ts';
import { createSid } from './sid.ts';
import { SoundFeed } from './sound-feed.ts';

/** One conference, from the first who comes to the last who goes. It has its own 20 ms: what changes counts from the next. */
export class PracticeConference {
  readonly sid = createSid('CF');
  readonly name: string;
  /** Milliseconds since the Unix epoch, like the other times. */
  readonly createdAt: number;
  readonly #line: Line;
  readonly #invited = new Map<PracticeCall, Participant>();
  readonly #feed = new SoundFeed();
  readonly #over = new AbortController();
  #members: readonly Member[] = [];
  #hasStarted = false;
  #changedAt: number;
  #reasonEnded: ReasonEnded | undefined;
  #callSidEnding: string | undefined;
  #stopPace: Cancel | undefined;
  #tell: TellConference | undefined;

  constructor(line: Line, name: string) {
    this.#line = line;
    this.name = name;
    this.createdAt = line.clock.now();
    this.#changedAt = this.createdAt;
  }

  get status(): 'init' | 'in-progress' | 'completed' {
    if (this.isOver) return 'completed';
    return this.#hasStarted ? 'in-progress' : 'init';
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** When it last changed. */
  get changedAt(): number {
    return this.#changedAt;
  }

  get reasonEnded(): ReasonEnded | undefined {
    return this.#reasonEnded;
  }

  /** The call whose leaving ended it. */
  get callSidEndingConference(): string | undefined {
    return this.#callSidEnding;
  }

  /** Who is connected, in the order they came. */
  get participants(): readonly Participant[] {
    return this.#members.map(({ participant }) => participant);
  }

  /** Who is on the way: their calls are not answered yet. */
  get invited(): readonly Participant[] {
    return [...this.#invited.values()];
  }

  /** Who is connected or on the way, by CallSid or label. */
  find(callSidOrLabel: string): Participant | undefined {
    return findIn([...this.participants, ...this.invited], callSidOrLabel);
  }

  /** Why somebody cannot join so; undefined when they can. */
  refusalOf(options: JoinOptions): Refusal | undefined {
    return refusalOf(options, this.participants, this.invited);
  }

  /** Expects a call that is made for this conference: it is a participant at once, and hears and says nothing before it joins. */
  invite(call: PracticeCall, options: JoinOptions): Participant {
    const participant = this.#admit(call, options);
    this.#invited.set(call, participant);
    call.progress.on(progress => {
      if (progress === 'completed') this.#giveUp(participant);
    });
    return participant;
  }

  /**
   * Connects a call (as it was invited, if it was) until it is out: it hung up or left, was kicked,
   * the conference ended, or `signal` aborted because it got other instructions.
   */
  join(call: PracticeCall, options: JoinOptions, signal: AbortSignal): Promise<Departure> {
    if (this.isOver) return Promise.resolve('ended');
    const invited = this.#invited.get(call);
    if (signal.aborted || call.over.aborted) {
      if (invited !== undefined) this.#giveUp(invited);
      this.#endWhenEmpty('last-participant-left', undefined);
      return Promise.resolve(call.over.aborted ? 'hung-up' : 'redirected');
    }
    const refusal = invited === undefined ? this.refusalOf(options) : undefined;
    if (refusal !== undefined) {
      alert(this.#line, call, refusal.code, refusal.text);
      this.#endWhenEmpty('last-participant-left', undefined);
      return Promise.resolve('refused');
    }
    const participant = invited ?? this.#admit(call, options);
    this.#invited.delete(call);
    return this.#connect(participant, signal);
  }

  /** Changes a participant. @returns it; undefined when there is none with this CallSid or label */
  update(callSidOrLabel: string, change: ParticipantChange): Participant | undefined {
    const participant = this.find(callSidOrLabel);
    if (participant === undefined) return undefined;
    for (const changed of participant.change(change, this.#line.clock.now())) {
      this.#tell?.(`participant-${changed}`, participant);
    }
    arrange(this.#members, this.#hasStarted);
    return participant;
  }

  /** Takes a participant out, or gives up calling it; its call goes on with its next instructions. @returns whether there was one */
  kick(callSidOrLabel: string): boolean {
    return this.#takeOut(callSidOrLabel, 'kicked');
  }

  /** Lets a participant go that wants to, while its call goes on. */
  leave(callSid: string): void {
    this.#takeOut(callSid, 'left');
  }

  /** Plays TwiML to all, or to one alone, over what they hear. */
  announce(interlude: Interlude, callSidOrLabel?: string): void {
    const alone = callSidOrLabel === undefined ? undefined : this.find(callSidOrLabel);
    const member = callSidOrLabel === undefined ? this.#members[0] : this.#memberOf(alone);
    if (member === undefined) return;
    const { call } = member.participant;
    const toAll = { line: this.#line, call, feed: this.#feed, signal: this.#over.signal };
    const playing = alone ? member.announce(interlude) : playInterlude(toAll, interlude);
    const told = playing.then(() => {
      if (this.isOver) return;
      this.#tell?.('announcement-end', alone, { AnnounceUrl: interlude.url ?? '' });
    });
    playBeside(this.#line, told);
  }

  /** Ends it for everybody; their calls go on with their next instructions. */
  end(): void {
    this.#end('conference-ended-via-api', undefined);
  }

  #admit(call: PracticeCall, options: JoinOptions): Participant {
    this.#tell ??= conferenceCallbacks(this.#line, this, call, options.callback);
    return new Participant(call, options, this.#line.clock.now());
  }

  #connect(participant: Participant, signal: AbortSignal): Promise<Departure> {
    const { call } = participant;
    return new Promise(resolve => {
      const over = AbortSignal.any([signal, call.over]);
      const leave = (): void => this.#remove(member, call.over.aborted ? 'hung-up' : 'redirected');
      const member = new Member(this.#line, participant, departure => {
        over.removeEventListener('abort', leave);
        resolve(departure);
      });
      over.addEventListener('abort', leave);
      this.#add(member);
    });
  }

  #giveUp(participant: Participant): void {
    const { call } = participant;
    if (!this.#invited.delete(call)) return;
    participant.leave(this.#line.clock.now());
    this.#tellLeft(participant, 'participant_add_failed');
    this.#endWhenEmpty('last-participant-left', call.sid);
  }

  #add(member: Member): void {
    const { participant } = member;
    const now = this.#line.clock.now();
    participant.join(now);
    this.#members = [...this.#members, member];
    this.#changedAt = now;
    this.#stopPace ??= pace(this.#line.clock, () => this.#tick());
    this.#tell?.('participant-join', participant);
    const starters = this.participants.some(other => other.startConferenceOnEnter);
    if (!this.#hasStarted && starters && this.#members.length > 1) {
      this.#hasStarted = true;
      this.#tell?.('conference-start', undefined);
    }
    if (participant.beepsOnEnter) this.#beep(enterBeep());
    arrange(this.#members, this.#hasStarted);
  }

  #memberOf(participant: Participant | undefined): Member | undefined {
    return this.#members.find(member => member.participant === participant);
  }

  #takeOut(callSidOrLabel: string, departure: 'kicked' | 'left'): boolean {
    const participant = this.find(callSidOrLabel);
    if (participant === undefined) return false;
    const member = this.#memberOf(participant);
    if (member !== undefined) this.#remove(member, departure);
    else hangUp(participant.call);
    return true;
  }

  #remove(member: Member, departure: keyof typeof REASON_LEFT): void {
    if (!this.#members.includes(member)) return;
    const { participant } = member;
    const { sid } = participant.call;
    this.#drop(member, departure, REASON_LEFT[departure]);
    const how = departure === 'kicked' ? 'kicked' : 'left';
    if (participant.endConferenceOnExit) {
      this.#end(`participant-with-end-conference-on-exit-${how}`, participant);
    }
    this.#endWhenEmpty(`last-participant-${how}`, sid);
    if (this.isOver) return;
    if (participant.beepsOnExit) this.#beep(exitBeep());
    if (this.#line.pretences.now.coachFallsThrough) {
      uncoach(this.participants, sid, this.#changedAt);
    }
    arrange(this.#members, this.#hasStarted);
  }

  /** Takes a member apart from the sound, and tells why. */
  #drop(member: Member, departure: Departure, reason: string): void {
    this.#members = this.#members.filter(other => other !== member);
    this.#changedAt = this.#line.clock.now();
    member.leave(departure);
    this.#tellLeft(member.participant, reason);
  }

  #tellLeft(participant: Participant, reason: string): void {
    this.#tell?.('participant-leave', participant, leaveParams(participant.call, reason));
  }

  #endWhenEmpty(reason: ReasonEnded, callSid: string | undefined): void {
    if (this.#members.length > 0 || this.#invited.size > 0 || this.isOver) return;
    this.#finish(reason, callSid);
  }

  /** @param by the participant whose leaving ends it */
  #end(reason: ReasonEnded, by: Participant | undefined): void {
    if (this.isOver) return;
    const why = by === undefined ? 'conference_ended_via_api' : 'moderator_ended_conference';
    this.#over.abort();
    for (const member of this.#members) this.#drop(member, 'ended', why);
    for (const call of [...this.#invited.keys()]) hangUp(call);
    this.#finish(reason, by?.call.sid, by?.label);
  }

  #finish(reason: ReasonEnded, callSid: string | undefined, label = ''): void {
    this.#over.abort();
    this.#stopPace?.();
    this.#changedAt = this.#line.clock.now();
    this.#reasonEnded = reason;
    this.#callSidEnding = callSid;
    this.#tell?.('conference-end', undefined, endParams(reason, callSid, label));
  }

  #beep(beep: Int16Array): void {
    void this.#feed.play(beep, this.#over.signal);
  }

  #tick(): void {
    const said = exchange(this.#members, this.#feed.next());
    for (const { member, frame } of said) this.#noticeSpeech(member, frame);
  }

  #noticeSpeech(member: Member, frame: Frame): void {
    const { participant } = member;
    const change = member.speechIn(participant.muted || participant.hold ? SILENCE : frame);
    if (change !== undefined) this.#tell?.(`participant-speech-${change}`, participant);
  }
}

function hangUp(call: PracticeCall): void {
  call.end(call.status === 'in-progress' ? 'completed' : 'canceled');
}

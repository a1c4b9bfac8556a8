import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import type { Speech } from '../speech/speech.ts';
import { Leg } from './leg.ts';
import type { LiveStream } from './live-stream.ts';
import type { LiveTranscription } from './live-transcription.ts';
import type { AnsweredBy } from './machine-detection.ts';
import type { Person } from './person.ts';
import type { RunningRecording } from './recording-session.ts';
import { createSid } from './sid.ts';

/** Twilio's words for where a call is. */
export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

/** A status no call leaves again. */
type FinalStatus = Exclude<CallStatus, 'queued' | 'ringing' | 'in-progress'>;

/** Twilio's words for the steps it reports to a StatusCallback. */
export type Progress = 'initiated' | 'ringing' | 'answered' | 'completed';

/** What is fixed when a call begins. */
export type CallOptions = {
  /** A fresh one by default. */
  readonly sid?: string;
  readonly clock: Clock;
  readonly speech: Speech;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  readonly from: string;
  readonly to: string;
  readonly parentSid?: string;
  /** The scripted person at the far end. */
  readonly person: Person;
  readonly tapeMs: number;
  readonly onError: (error: unknown) => void;
};

/** One call on the practice line, from its creation to its final status. */
export class PracticeCall {
  readonly sid: string;
  readonly direction: CallOptions['direction'];
  readonly from: string;
  readonly to: string;
  readonly parentSid: string | undefined;
  readonly person: Person;
  readonly leg: Leg;
  /** Every one-way stream that was begun on it. */
  readonly streams: LiveStream[] = [];
  /** Every transcription that was begun on it. */
  readonly transcriptions: LiveTranscription[] = [];
  /** Every recording that runs. */
  readonly recordings = new Set<RunningRecording>();
  /** Who took it, once that was found out. */
  answeredBy: AnsweredBy | undefined;
  /** Milliseconds since the Unix epoch, like the other times. */
  readonly createdAt: number;
  readonly progress: Emitter<Progress>;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #status: CallStatus;
  #answeredAt: number | undefined;
  #endedAt: number | undefined;
  #sipCode: number | undefined;
  #changedAt: number;
  #program: AbortController | undefined;

  constructor(options: CallOptions) {
    this.sid = options.sid ?? createSid('CA');
    this.direction = options.direction;
    this.from = options.from;
    this.to = options.to;
    this.parentSid = options.parentSid;
    this.person = options.person;
    this.progress = new Emitter(options.onError);
    this.#clock = options.clock;
    this.createdAt = options.clock.now();
    this.#changedAt = this.createdAt;
    this.#status = options.direction === 'inbound' ? 'ringing' : 'queued';
    this.leg = new Leg({
      ...options,
      script:
        options.direction === 'inbound' ? options.person.whenCalling : options.person.whenCalled,
      onHangUp: () => this.end('completed'),
    });
  }

  get status(): CallStatus {
    return this.#status;
  }

  get answeredAt(): number | undefined {
    return this.#answeredAt;
  }

  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  /** When anything last changed. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** The telephone network's answer to a call that was not answered, in SIP's numbers. */
  get sipCode(): number | undefined {
    return this.#sipCode;
  }

  /** Seconds from the answer to the end, or to now. */
  get durationSeconds(): number {
    if (this.#answeredAt === undefined) return 0;
    return Math.round(((this.#endedAt ?? this.#clock.now()) - this.#answeredAt) / 1000);
  }

  /** Aborts when the call is over. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** The call leaves the queue: the network is asked for the far person. */
  initiate(): void {
    if (this.#status === 'queued') this.progress.emit('initiated');
  }

  /** The far person's telephone rings. */
  ring(): void {
    if (this.#status === 'queued') this.#become('ringing', 'ringing');
  }

  /** The two ends are connected; does nothing in a call that was answered or is over. */
  answer(): void {
    if (this.#status !== 'queued' && this.#status !== 'ringing') return;
    this.#answeredAt = this.#clock.now();
    this.leg.start();
    this.#become('in-progress', 'answered');
  }

  /** Ends the call; the first end counts. */
  end(status: FinalStatus, sipCode?: number): void {
    if (this.over.aborted) return;
    this.leg.stop();
    this.#endedAt = this.#clock.now();
    this.#sipCode = sipCode;
    this.#over.abort();
    this.#become(status, 'completed');
  }

  /** Stops the TwiML that runs now and returns the signal for what runs instead. */
  nextProgram(): AbortSignal {
    this.#program?.abort();
    this.#program = new AbortController();
    return AbortSignal.any([this.over, this.#program.signal]);
  }

  #become(status: CallStatus, progress: Progress): void {
    this.#status = status;
    this.#changedAt = this.#clock.now();
    this.progress.emit(progress);
  }
}

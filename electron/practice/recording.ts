import { FRAME_SAMPLES, type Frame, SILENCE } from '../core/audio/frame.ts';
import { stereoWav, writeWav } from './recording-wav.ts';
import { createSid } from './sid.ts';
import { joined } from './tone.ts';

/** Twilio's words for what asked for a recording. */
export type RecordingSource =
  | 'RecordVerb'
  | 'DialVerb'
  | 'StartCallRecordingTwiML'
  | 'StartCallRecordingAPI'
  | 'OutboundAPI';

/** Twilio's words for where a recording is. */
type RecordingStatus = 'in-progress' | 'paused' | 'processing' | 'completed' | 'absent';

/** What is fixed when a recording begins. */
type RecordingOptions = {
  readonly callSid: string;
  readonly source: RecordingSource;
  readonly channels: 1 | 2;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Where its sound is found, without an ending. */
  readonly urlOf: (sid: string) => string;
};

/** Source: https://www.twilio.com/docs/api/errors/16101 */
const TOO_SHORT = 16101;

/** Sound of a call that is kept until the account forgets it. */
export class Recording {
  readonly sid = createSid('RE');
  readonly callSid: string;
  readonly source: RecordingSource;
  readonly channels: 1 | 2;
  readonly startedAt: number;
  readonly url: string;
  changedAt: number;
  #status: RecordingStatus = 'in-progress';
  #silentPause = false;
  #said: Frame[] = [];
  #heard: Frame[] = [];
  #frames = 0;

  constructor({ callSid, source, channels, at, urlOf }: RecordingOptions) {
    this.callSid = callSid;
    this.source = source;
    this.channels = channels;
    this.startedAt = at;
    this.changedAt = at;
    this.url = urlOf(this.sid);
  }

  get status(): RecordingStatus {
    return this.#status;
  }

  /** Whether sound still comes or may come again. */
  get isOpen(): boolean {
    return this.#status === 'in-progress' || this.#status === 'paused';
  }

  /** Length of the sound in whole seconds. */
  get durationSeconds(): number {
    return Math.round((this.#frames * FRAME_SAMPLES) / 8000);
  }

  /** Takes in 20 ms of both sides. */
  add(said: Frame, heard: Frame): void {
    if (!this.isOpen) return;
    const paused = this.#status === 'paused';
    if (paused && !this.#silentPause) return;
    this.#frames += 1;
    this.#said.push(paused ? SILENCE : said);
    this.#heard.push(paused ? SILENCE : heard);
  }

  /** Leaves out what comes now, or keeps silence in its place. */
  pause(silent: boolean, at: number): void {
    this.#silentPause = silent;
    this.#become('paused', at);
  }

  /** Goes on recording. */
  resume(at: number): void {
    this.#become('in-progress', at);
  }

  /** Ends it: from now on its sound is prepared. */
  stop(at: number): void {
    this.#become('processing', at);
  }

  /** Ends it, if it is not over, and has its sound ready. */
  finish(at: number): void {
    this.stop(at);
    if (this.#status !== 'processing') return;
    this.#status = this.#frames === 0 ? 'absent' : 'completed';
    this.changedAt = at;
  }

  /** Whether there is sound to be had. */
  get hasSound(): boolean {
    return this.#status === 'completed' && this.#said.length > 0;
  }

  /** Twilio's code for why there is no sound; null when there is or may be some. */
  get errorCode(): number | null {
    return this.#status === 'absent' ? TOO_SHORT : null;
  }

  /** Forgets the sound; what is known about it stays. */
  forgetSound(): void {
    this.#said = [];
    this.#heard = [];
  }

  /** The sound as a WAV file at 8 kHz. With one channel both sides are mixed. */
  wav(channels = this.channels): Buffer {
    const said = joined(this.#said);
    const heard = joined(this.#heard);
    if (channels === 2) return stereoWav(said, heard);
    const mixed = said.map((sample, index) =>
      Math.max(-32768, Math.min(32767, sample + (heard[index] ?? 0))),
    );
    return writeWav(mixed);
  }

  #become(status: RecordingStatus, at: number): void {
    if (!this.isOpen) return;
    this.#status = status;
    this.changedAt = at;
  }
}

import type { Frame } from '../core/audio/frame.ts';
import { levelOf } from '../core/audio/level.ts';
import { type OutgoingFrame, OutgoingSound } from '../core/audio/outgoing-sound.ts';
import { Pacer } from '../core/audio/pacer.ts';
import { PlayoutBuffer } from '../core/audio/playout-buffer.ts';
import { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { CallSound } from '../core/sound-plan.ts';

/** Where the sound of a leg goes. */
export type SoundSink = {
  readonly send: (frame: Frame) => boolean;
  readonly clear: () => void;
};

/** The sound of one call in both directions, through all of its streams. */
export class LegSound {
  readonly playout = new PlayoutBuffer();
  readonly waveform = new WaveformRecord();
  /** What the plan says of this call. */
  sound: CallSound = { gain: 1, holdMusic: false };

  readonly #clock: Clock;
  readonly #holdMusic: readonly Frame[];
  readonly #onSent: (sent: OutgoingFrame, level: number) => void;
  readonly #outgoing = new OutgoingSound();
  #pacer = new Pacer();
  #sink: SoundSink | null = null;
  #cancel: Cancel = () => {};
  /** Timestamps of a new stream start at zero; the waveform goes on where it was. */
  #offsetMs = 0;
  #lastMs = 0;

  constructor(
    clock: Clock,
    holdMusic: readonly Frame[],
    onSent: (sent: OutgoingFrame, level: number) => void,
  ) {
    this.#clock = clock;
    this.#holdMusic = holdMusic;
    this.#onSent = onSent;
  }

  /** Whether a stream is there to send on. */
  get connected(): boolean {
    return this.#sink !== null;
  }

  /** Sends on this stream from now on. */
  connect(sink: SoundSink): void {
    this.#sink = sink;
    this.#pacer = new Pacer();
    this.playout.restart();
    this.#offsetMs = this.#lastMs;
    this.flush();
  }

  /** Stops sending, when this stream is still the one. */
  disconnect(sink: SoundSink): void {
    if (this.#sink === sink) this.close();
  }

  /** Takes 20 ms of the other side. @param timestampMs since the stream began */
  receive(timestampMs: number, frame: Frame): void {
    this.#lastMs = this.#offsetMs + timestampMs;
    this.playout.push(timestampMs, frame);
    this.waveform.received(this.#lastMs, levelOf(frame));
  }

  /** Follows the plan for this call. */
  follow(sound: CallSound): void {
    this.sound = sound;
    this.#outgoing.playLoop(sound.holdMusic ? this.#holdMusic : []);
    this.flush();
  }

  /** Sends a microphone frame that passed the gate. */
  speak(frame: Frame): void {
    this.#outgoing.speak(frame);
    this.flush();
  }

  /** Takes back what the microphone said and nobody has heard yet. */
  hush(): void {
    this.#outgoing.silenceMicrophone();
    if (!this.#outgoing.playsClip) this.#sink?.clear();
  }

  /** Sends a clip before anything else. @param samples 16 bits, 8 kHz */
  playClip(samples: Int16Array): void {
    this.#outgoing.playClip(samples);
    this.flush();
  }

  /** Sends what is due, and sets the timer for the rest. */
  flush(): void {
    this.#cancel();
    const sink = this.#sink;
    if (sink === null) return;
    const nowMs = this.#clock.monotonic();
    for (let due = this.#pacer.due(nowMs); due > 0; due -= 1) {
      const sent = this.#outgoing.next();
      if (sent === null) return;
      this.#pacer.sent(1);
      if (!sink.send(sent.frame)) continue;
      const level = levelOf(sent.frame);
      this.waveform.sent(level);
      this.#onSent(sent, level);
    }
    if (this.#outgoing.idle) return;
    const delayMs = Math.max(1, this.#pacer.nextDueMs(nowMs) - nowMs);
    this.#cancel = this.#clock.after(delayMs, () => this.flush());
  }

  /** Stops for good, or until connected again. */
  close(): void {
    this.#cancel();
    this.#sink = null;
  }
}

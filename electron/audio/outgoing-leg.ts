import { FRAME_MS, type Frame } from '../core/audio/frame.ts';
import { type OutgoingFrame, OutgoingSound } from '../core/audio/outgoing-sound.ts';
import { LEAD_FRAMES, Pacer } from '../core/audio/pacer.ts';
import type { Cancel, Clock } from '../core/clock.ts';

/** Where the sound of a leg goes: one stream. */
export type SoundSink = {
  /** Sends 20 ms of µ-law; false when it was left out, for the stream is over. */
  readonly send: (mulaw: Uint8Array) => boolean;
  /** False while so much waits to leave that more would come too late. */
  readonly ready: () => boolean;
  /** Asks for a name to come back once all sent before it was heard, or was cleared. */
  readonly mark: (name: string) => void;
  /** Takes back what the other side has not heard yet. */
  readonly clear: () => void;
};

/** A frame that went out. */
export type SentFrame = Pick<OutgoingFrame, 'mulaw' | 'level' | 'source'>;

type Clip = {
  readonly onPlayed: (whole: boolean) => void;
  /** The mark behind its last frame, once that was sent. */
  mark: string | null;
};

/**
 * The sending half of a leg, through all of its streams: in time, with a small lead, and nothing
 * twice. A `clear` makes Twilio return every mark it holds, which then proves nothing: so each one
 * begins a new generation, and only marks of that count.
 */
export class OutgoingLeg {
  readonly #clock: Clock;
  readonly #onSent: (sent: SentFrame) => void;
  readonly #sound = new OutgoingSound();
  /** Clips not known to have been heard, in the order they play. */
  readonly #clips = new Map<number, Clip>();
  #sink: SoundSink | null = null;
  #pacer = new Pacer();
  /** The frames sent last, as many as may be unheard. */
  readonly #lastSent: OutgoingFrame[] = [];
  #generation = 0;
  #marks = 0;
  /** Whether any of the microphone was sent that may not have been heard yet. */
  #voiceAhead = false;
  /** The mark behind the last of the microphone, once something else followed it. */
  #voiceMark: string | null = null;
  /** Who waits until what was sent is over, by the mark behind it. */
  readonly #drains = new Map<string, () => void>();
  #jammed = false;
  #closed = false;
  #cancel: Cancel = () => {};

  /** @param onSent told of each frame once, as it goes out for the first time */
  constructor(clock: Clock, onSent: (sent: SentFrame) => void) {
    this.#clock = clock;
    this.#onSent = onSent;
  }

  /** Whether a stream is there to send on. */
  get connected(): boolean {
    return this.#sink !== null;
  }

  /** Microphone frames left out because the connection did not take them. */
  get unsentFrames(): number {
    return this.#sound.leftOut;
  }

  /** Sends on this stream from now on. Clips and hold music go on where the last one was heard. */
  connect(sink: SoundSink): void {
    if (this.#closed) return;
    this.#leave();
    this.#sink = sink;
    this.#pacer = new Pacer();
    this.#jammed = false;
    this.#beginGeneration(sink);
    this.#flush();
  }

  /** Stops sending, when this stream is still the one. */
  disconnect(sink: SoundSink): void {
    if (this.#sink === sink) this.#leave();
  }

  /** Repeats hold music instead of the microphone; an empty list stops it. */
  playLoop(frames: readonly Frame[]): void {
    this.#sound.playLoop(frames);
    this.#flush();
  }

  /** Sends a microphone frame that passed the gate. */
  speak(frame: Frame): void {
    if (this.#sink === null) return;
    this.#sound.speak(frame, this.#pacer.aheadMs(this.#clock.monotonic()));
    this.#flush();
  }

  /** Takes back what the microphone said and nobody has heard yet. A clip meanwhile goes on. */
  hush(): void {
    this.#sound.silenceMicrophone();
    if (this.#sink !== null && this.#voiceAhead) this.#clear(this.#sink, notOf('microphone'));
  }

  /**
   * Sends a clip before anything else, after those already playing.
   * @param samples 16 bits, 8 kHz; not to be written to until played
   * @param onPlayed told once: true when the other side has heard all of it, false when it was cut off
   */
  playClip(samples: Int16Array, onPlayed: (whole: boolean) => void = () => {}): void {
    if (this.#closed || samples.length === 0) {
      onPlayed(!this.#closed);
      return;
    }
    this.#clips.set(this.#sound.playClip(samples), { onPlayed, mark: null });
    this.#flush();
  }

  /** Cuts every clip off, at once. */
  stopClips(): void {
    if (this.#clips.size === 0) return;
    const cut = [...this.#clips.values()];
    this.#clips.clear();
    this.#sound.stopClips();
    if (this.#sink !== null) this.#clear(this.#sink, notOf('clip'));
    for (const { onPlayed } of cut) onPlayed(false);
  }

  /**
   * Settles once nothing that was sent so far can still be played: it was, it was taken back, or its
   * stream is gone or was given up for another one. However long it stood in a connection, a mark comes
   * back behind it.
   */
  drained(): Promise<void> {
    const sink = this.#sink;
    if (sink === null) return Promise.resolve();
    return new Promise(resolve => this.#drains.set(this.#mark(sink), resolve));
  }

  /** Takes note of a mark that came back. One of an older generation tells nothing of what was heard. */
  marked(name: string): void {
    this.#drains.get(name)?.();
    this.#drains.delete(name);
    if (name === this.#voiceMark) {
      this.#voiceAhead = false;
      this.#voiceMark = null;
      return;
    }
    for (const [number, { mark, onPlayed }] of this.#clips) {
      if (mark !== name) continue;
      this.#clips.delete(number);
      onPlayed(true);
      return;
    }
  }

  /** Ends it for good: nothing is sent any more, and what plays is cut off. */
  close(): void {
    this.#closed = true;
    this.#leave();
    this.stopClips();
  }

  /** Stops sending until connected again. What was on its way is kept, but for the microphone. */
  #leave(): void {
    this.#cancel();
    if (this.#sink === null) return;
    this.#takeBack(notOf('microphone'));
    this.#sound.silenceMicrophone();
    this.#sink = null;
    for (const drained of this.#drains.values()) drained();
    this.#drains.clear();
  }

  /** Empties the other end's buffer, and sends again what of it was to be kept. */
  #clear(sink: SoundSink, keep: (frame: OutgoingFrame) => boolean): void {
    this.#takeBack(keep);
    sink.clear();
    this.#beginGeneration(sink);
    this.#flush();
  }

  #takeBack(keep: (frame: OutgoingFrame) => boolean): void {
    const heard = this.#lastSent.length - this.#pacer.unheard(this.#clock.monotonic());
    const unheard = this.#lastSent.splice(Math.max(0, heard));
    this.#pacer.takeBack(unheard.length);
    for (const { endsClip } of unheard) {
      const clip = endsClip === null ? undefined : this.#clips.get(endsClip);
      if (clip !== undefined) clip.mark = null;
    }
    this.#sound.putBack(unheard.filter(keep).map(frame => ({ ...frame, again: true })));
  }

  /** From here on only new marks count: those still out are asked for anew. */
  #beginGeneration(sink: SoundSink): void {
    this.#generation += 1;
    this.#voiceAhead = false;
    this.#voiceMark = null;
    for (const clip of this.#clips.values()) {
      if (clip.mark !== null) clip.mark = this.#mark(sink);
    }
  }

  #mark(sink: SoundSink): string {
    this.#marks += 1;
    const name = `${this.#generation}.${this.#marks}`;
    sink.mark(name);
    return name;
  }

  /** Sends what is due, and sets the timer for the rest. */
  #flush(): void {
    this.#cancel();
    const sink = this.#sink;
    const nowMs = this.#clock.monotonic();
    // Whoever is told of a frame may take the stream away.
    while (sink !== null && sink === this.#sink && !this.#sound.idle) {
      if (!sink.ready()) {
        this.#waitOutJam();
        return;
      }
      if (this.#jammed) this.#endJam(sink);
      if (this.#pacer.due(nowMs) === 0) {
        this.#wakeIn(this.#pacer.nextDueMs() - nowMs);
        return;
      }
      const frame = this.#sound.next();
      if (frame !== null && !this.#send(sink, frame)) {
        this.#sound.putBack([frame]);
        this.#waitOutJam();
        return;
      }
    }
  }

  #send(sink: SoundSink, frame: OutgoingFrame): boolean {
    const isVoice = frame.source === 'microphone';
    if (!isVoice && this.#voiceAhead) this.#voiceMark ??= this.#mark(sink);
    if (!sink.send(frame.mulaw)) return false;
    if (isVoice) {
      this.#voiceAhead = true;
      this.#voiceMark = null;
    }
    this.#pacer.sent(1);
    this.#lastSent.push(frame);
    if (this.#lastSent.length > LEAD_FRAMES) this.#lastSent.shift();
    const clip = frame.endsClip === null ? undefined : this.#clips.get(frame.endsClip);
    if (clip !== undefined) clip.mark = this.#mark(sink);
    if (!frame.again) this.#onSent(frame);
    return true;
  }

  /** Speech is left out, for it would come too late; clips and hold music wait. */
  #waitOutJam(): void {
    this.#jammed = true;
    this.#sound.leaveOutMicrophone();
    if (!this.#sound.idle) this.#wakeIn(FRAME_MS);
  }

  /** What was jammed arrives all at once, and all that follows would lag behind it: only a clip is worth that. */
  #endJam(sink: SoundSink): void {
    this.#jammed = false;
    if (this.#clips.size > 0) return;
    this.#takeBack(notOf('microphone'));
    sink.clear();
    this.#beginGeneration(sink);
  }

  #wakeIn(delayMs: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(Math.max(1, delayMs), () => this.#flush());
  }
}

function notOf(source: OutgoingFrame['source']): (frame: OutgoingFrame) => boolean {
  return frame => frame.source !== source;
}

import { FRAME_MS, FRAME_SAMPLES, type Frame } from './frame.ts';
import { levelOf } from './level.ts';
import { MicrophoneQueue } from './microphone-queue.ts';
import { encodeMulaw, MULAW_SILENCE } from './mulaw.ts';

/** A frame to send, and where it came from. */
export type OutgoingFrame = {
  /** 160 µ-law bytes. */
  readonly mulaw: Uint8Array;
  readonly level: number;
  readonly source: 'clip' | 'loop' | 'microphone';
  /** The number of the clip whose last frame this is, or null. */
  readonly endsClip: number | null;
  /** Whether it was sent before and taken back unheard. */
  readonly again: boolean;
};

type Clip = { readonly number: number; readonly samples: Int16Array };

/** Hold music is the same for every call: encoded once for all. */
const encodedLoops = new WeakMap<readonly Frame[], readonly OutgoingFrame[]>();

/**
 * What goes out on one leg, frame by frame: what was taken back unheard, then clips (key tones, a
 * file), then hold music while held, then the microphone. What the microphone says meanwhile is not
 * kept: said later it would lag behind.
 */
export class OutgoingSound {
  #again: OutgoingFrame[] = [];
  #clips: Clip[] = [];
  /** Samples of the first clip already handed out. */
  #clipAt = 0;
  #clipsSoFar = 0;
  #loop: readonly OutgoingFrame[] = [];
  #loopAt = 0;
  readonly #microphone = new MicrophoneQueue();
  #leftOut = 0;

  /** Microphone frames left out because the connection did not take them. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** True when nothing waits to be sent. */
  get idle(): boolean {
    return (
      this.#again.length === 0 &&
      this.#clips.length === 0 &&
      this.#loop.length === 0 &&
      this.#microphone.frames === 0
    );
  }

  /**
   * Queues a clip after those already queued.
   * @param samples 16 bits, 8 kHz, at least one; not to be written to until played
   * @returns the number of the clip
   */
  playClip(samples: Int16Array): number {
    this.#clipsSoFar += 1;
    this.#clips.push({ number: this.#clipsSoFar, samples });
    return this.#clipsSoFar;
  }

  /** Forgets every clip. */
  stopClips(): void {
    this.#clips.length = 0;
    this.#clipAt = 0;
    this.#forget('clip');
  }

  /** Repeats these frames whenever no clip plays, instead of the microphone; an empty list stops it. */
  playLoop(frames: readonly Frame[]): void {
    const loop = encodedLoops.get(frames) ?? frames.map(frame => encoded(frame, 'loop'));
    encodedLoops.set(frames, loop);
    if (loop === this.#loop) return;
    this.#loop = loop;
    this.#loopAt = 0;
    this.#forget('loop');
  }

  /** Queues a microphone frame. @param aheadMs how long what was sent goes on to be heard */
  speak(frame: Frame, aheadMs: number): void {
    const ahead = aheadMs / FRAME_MS + this.#again.length;
    this.#microphone.push(frame, ahead * FRAME_SAMPLES);
  }

  /** Forgets the microphone frames that wait: what the gate no longer allows must not go out. */
  silenceMicrophone(): void {
    this.#microphone.clear();
    this.#forget('microphone');
  }

  /** Leaves out the microphone frames that wait, and counts them. */
  leaveOutMicrophone(): void {
    const again = this.#again.filter(({ source }) => source === 'microphone');
    this.#leftOut += this.#microphone.frames + again.length;
    this.silenceMicrophone();
  }

  /** Queues frames handed out last before everything else, in their order. */
  putBack(frames: readonly OutgoingFrame[]): void {
    this.#again.unshift(...frames);
  }

  /** The next frame to send, or null when there is nothing to say. */
  next(): OutgoingFrame | null {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    const other = this.#nextOfClips() ?? this.#nextOfLoop();
    if (other !== null) {
      this.#microphone.clear();
      return other;
    }
    const spoken = this.#microphone.take();
    return spoken === null ? null : encoded(spoken, 'microphone');
  }

  #nextOfClips(): OutgoingFrame | null {
    const clip = this.#clips[0];
    if (clip === undefined) return null;
    const samples = clip.samples.subarray(this.#clipAt, this.#clipAt + FRAME_SAMPLES);
    this.#clipAt += FRAME_SAMPLES;
    if (this.#clipAt < clip.samples.length) return encoded(samples, 'clip');
    this.#clips.shift();
    this.#clipAt = 0;
    return { ...encoded(samples, 'clip'), endsClip: clip.number };
  }

  #nextOfLoop(): OutgoingFrame | null {
    const frame = this.#loop[this.#loopAt];
    if (frame === undefined) return null;
    this.#loopAt = (this.#loopAt + 1) % this.#loop.length;
    return frame;
  }

  #forget(what: OutgoingFrame['source']): void {
    if (this.#again.length > 0) this.#again = this.#again.filter(({ source }) => source !== what);
  }
}

/** A frame as it goes out; less than 20 ms is filled up with silence. */
function encoded(samples: Int16Array, source: OutgoingFrame['source']): OutgoingFrame {
  const level = levelOf(samples);
  let mulaw = encodeMulaw(samples);
  if (mulaw.length < FRAME_SAMPLES) {
    const whole = new Uint8Array(FRAME_SAMPLES).fill(MULAW_SILENCE);
    whole.set(mulaw);
    mulaw = whole;
  }
  return { mulaw, level, source, endsClip: null, again: false };
}

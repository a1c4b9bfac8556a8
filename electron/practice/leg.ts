import { type Frame, SILENCE } from '../core/audio/frame.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import { pace } from '../core/frame-clock.ts';
import type { Speech } from '../speech/speech.ts';
import { spokenFrames } from './frame-words.ts';
import type { Person } from './person.ts';
import { Player } from './player.ts';
import type { Script } from './script.ts';
import { Tape } from './tape.ts';
import type { WireEnd } from './wire.ts';

/** Where the far person's ear is connected: asked for the next 20 ms. */
type FrameSource = () => Frame;

/** Something the person says instead of their script. */
type Interjection = { readonly frames: Frame[]; readonly onOver: () => void };

/** One key every 200 ms, as a person presses them. */
const FRAMES_PER_KEY = 10;

/** What a leg is made of. */
type LegOptions = {
  readonly clock: Clock;
  readonly speech: Speech;
  readonly person: Person;
  readonly script: Script;
  readonly tapeMs: number;
  readonly onHangUp: () => void;
  readonly onError: (error: unknown) => void;
};

/** The far person's end of a call: from `start` to `stop` they hear and say one frame every 20 ms. */
export class Leg {
  /** What the person heard since they were connected. */
  readonly heard: Tape;
  /** What the person said since they were connected, or since the latest stream began. */
  readonly said: Tape;
  /** Every frame the person says. */
  readonly frames: Emitter<Frame>;
  /** Every frame the person hears, told before what they say meanwhile. */
  readonly hearing: Emitter<Frame>;
  /** Every sentence the person has finished. */
  readonly sentences: Emitter<string>;
  /** Every key the person presses, one at a time. */
  readonly keys: Emitter<string>;

  readonly #clock: Clock;
  readonly #wire: WireEnd | undefined;
  readonly #player: Player | undefined;
  readonly #onHangUp: () => void;
  readonly #keysToPress: string[] = [];
  readonly #interjections: Interjection[] = [];
  #framesToNextKey = 0;
  #source: FrameSource | undefined;
  #stopPace: Cancel | undefined;

  constructor(options: LegOptions) {
    const { clock, person, script, speech, tapeMs, onError } = options;
    this.heard = new Tape(tapeMs);
    this.said = new Tape(tapeMs);
    this.frames = new Emitter(onError);
    this.hearing = new Emitter(onError);
    this.sentences = new Emitter(onError);
    this.keys = new Emitter(onError);
    this.#clock = clock;
    this.#onHangUp = options.onHangUp;
    this.#wire = person.wire;
    if (person.wire !== undefined) return;
    this.#player = new Player({
      script,
      voice: person.voice,
      background: person.background,
      speak: (text, voice) => speech.speak(text, voice),
      onSaid: text => this.sentences.emit(text),
      onPressed: digits => this.press(digits),
    });
    this.#player.prepare();
  }

  /** Connects the person: from now on time runs for them. */
  start(): void {
    this.#stopPace ??= (this.#wire?.pace ?? pace)(this.#clock, () => this.#tick());
  }

  /** Disconnects the person for good. */
  stop(): void {
    this.#stopPace?.();
    this.#stopPace = () => {};
    this.#source = undefined;
    for (const { onOver } of this.#interjections.splice(0)) onOver();
  }

  /** Lets the person hear `source` instead of what they heard so far, until the returned function is called. */
  connect(source: FrameSource): () => void {
    this.#source = source;
    return () => {
      if (this.#source === source) this.#source = undefined;
    };
  }

  /**
   * Plays the samples to the person; resolves when the last was heard or `signal` aborts.
   * @param text what is said with them, if anything is
   */
  play(samples: Int16Array, signal: AbortSignal, text?: string): Promise<void> {
    return new Promise(resolve => {
      const frames = spokenFrames(samples, text);
      const finish = (): void => {
        disconnect();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const disconnect = this.connect(() => {
        const { done, value } = frames.next();
        if (done !== true) return value;
        finish();
        return SILENCE;
      });
      signal.addEventListener('abort', finish);
      if (signal.aborted) finish();
    });
  }

  /** The person presses these keys, one every 200 ms; `w` is a pause of that length. */
  press(digits: string): void {
    this.#keysToPress.push(...digits);
  }

  /**
   * The person says these samples as soon as they can, and goes on with their script afterwards;
   * resolves then, or when the leg stops. @param text what is said with them, if anything is
   */
  interject(samples: Int16Array, text?: string): Promise<void> {
    const frames = [...spokenFrames(samples, text)];
    return new Promise(onOver => this.#interjections.push({ frames, onOver }));
  }

  #tick(): void {
    const heard = this.#source?.() ?? SILENCE;
    this.heard.append(heard);
    this.hearing.emit(heard);
    this.#pressKey();
    const other = this.#wire?.exchange(heard);
    const said = this.#nextInterjected() ?? other ?? this.#player?.next(heard);
    if (said === undefined) {
      this.#onHangUp();
      return;
    }
    this.said.append(said);
    this.frames.emit(said);
  }

  #nextInterjected(): Frame | undefined {
    const current = this.#interjections[0];
    if (current === undefined) return undefined;
    const frame = current.frames.shift() ?? SILENCE;
    if (current.frames.length === 0) {
      this.#interjections.shift();
      current.onOver();
    }
    return frame;
  }

  #pressKey(): void {
    this.#framesToNextKey -= 1;
    if (this.#framesToNextKey > 0) return;
    const key = this.#keysToPress.shift();
    if (key === undefined) return;
    this.#framesToNextKey = FRAMES_PER_KEY;
    if (/[0-9*#A-D]/.test(key)) this.keys.emit(key);
  }
}

import { assertNever } from '../core/assert-never.ts';
import { FRAME_MS, type Frame, SILENCE } from '../core/audio/frame.ts';
import type { Voice } from '../speech/flite.ts';
import { Ear } from './ear.ts';
import { spokenFrames, withWordsOf } from './frame-words.ts';
import { LoopSound } from './loop-sound.ts';
import { musicLoop } from './music.ts';
import { type NoiseKind, noiseLoop } from './noise.ts';
import { type Script, type Step, sentencesOf } from './script.ts';
import { chirp, tone } from './tone.ts';

/** Quiet after which the other side has finished speaking. */
const TURN_QUIET_MS = 700;

/** Nobody listens longer than this. */
const LISTEN_AT_MOST_MS = 60_000;

/** How a player speaks and what it tells. */
type PlayerOptions = {
  readonly script: Script;
  readonly voice: Voice;
  readonly background?: NoiseKind | undefined;
  readonly speak: (text: string, voice: Voice) => Promise<Int16Array>;
  /** Told of every sentence when its last frame was said. */
  readonly onSaid: (text: string) => void;
  readonly onPressed: (digits: string) => void;
};

/** Plays one person's script, 20 ms at a time. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #sentences: readonly string[];
  readonly #spoken = new Map<string, Int16Array>();
  readonly #requested = new Set<string>();
  readonly #ear = new Ear();
  readonly #music = new LoopSound(musicLoop);
  readonly #background: LoopSound | undefined;
  readonly #performance: Iterator<Frame, void, void>;
  #heard: Frame = SILENCE;

  constructor(options: PlayerOptions) {
    const { background } = options;
    this.#options = options;
    this.#sentences = sentencesOf(options.script);
    this.#background = background && new LoopSound(() => noiseLoop(background));
    this.#performance = this.#performAll(options.script);
  }

  /** Begins to think of the first sentence, so that it is ready when it is due. */
  prepare(): void {
    this.#request(this.#sentences[0]);
  }

  /** What the person says in the next 20 ms, hearing `heard` meanwhile; undefined once they hang up. */
  next(heard: Frame): Frame | undefined {
    this.#heard = heard;
    this.#ear.hear(heard);
    const { done, value } = this.#performance.next();
    if (done === true) return undefined;
    if (this.#background === undefined) return value;
    return withWordsOf(this.#background.under(value), [value]);
  }

  *#performAll(script: Script): Generator<Frame, void, void> {
    for (const step of script) yield* this.#perform(step);
  }

  #perform(step: Step): Iterable<Frame> {
    switch (step.do) {
      case 'say':
        return this.#say(step.text);
      case 'pause':
        return silence(step.ms);
      case 'listen':
        return this.#listen(step.atMostMs);
      case 'wait-for-voice':
        return this.#waitForVoice(step.atMostMs);
      case 'wait-for-quiet':
        return this.#waitForQuiet(step.quietMs, step.atMostMs);
      case 'tone':
        return spokenFrames(tone([step.hz], step.ms));
      case 'chirp':
        return spokenFrames(chirp(step.fromHz, step.toHz, step.ms));
      case 'music':
        return this.#playMusic(step.ms);
      case 'echo':
        return this.#echo(step.delayMs, step.ms);
      case 'press':
        return this.#press(step.digits);
      case 'repeat':
        return this.#repeat(step.times, step.steps);
      default:
        return assertNever(step);
    }
  }

  *#say(text: string): Generator<Frame> {
    this.#request(text);
    this.#request(this.#sentences[this.#sentences.indexOf(text) + 1]);
    let samples = this.#spoken.get(text);
    while (samples === undefined) {
      yield SILENCE;
      samples = this.#spoken.get(text);
    }
    yield* spokenFrames(samples, text);
    this.#options.onSaid(text);
  }

  *#listen(atMostMs: number): Generator<Frame> {
    const voicedBefore = this.#ear.voicedMs;
    for (let ms = 0; ms < LISTEN_AT_MOST_MS; ms += FRAME_MS) {
      const spoke = this.#ear.voicedMs > voicedBefore;
      if (spoke ? this.#ear.quietMs >= TURN_QUIET_MS : ms >= atMostMs) return;
      yield SILENCE;
    }
  }

  *#waitForVoice(atMostMs: number): Generator<Frame> {
    for (let ms = 0; ms < atMostMs && this.#ear.quietMs > 0; ms += FRAME_MS) yield SILENCE;
  }

  *#waitForQuiet(quietMs: number, atMostMs: number): Generator<Frame> {
    for (let ms = 0; ms < atMostMs && this.#ear.quietMs < quietMs; ms += FRAME_MS) yield SILENCE;
  }

  *#playMusic(ms: number): Generator<Frame> {
    for (let at = 0; at < ms; at += FRAME_MS) yield this.#music.next();
  }

  *#echo(delayMs: number, ms: number): Generator<Frame> {
    const late: Frame[] = [];
    for (let at = 0; at < ms; at += FRAME_MS) {
      late.push(withWordsOf(this.#heard.slice(), [this.#heard]));
      yield at < delayMs ? SILENCE : (late.shift() ?? SILENCE);
    }
  }

  *#press(digits: string): Generator<Frame> {
    this.#options.onPressed(digits);
    yield SILENCE;
  }

  *#repeat(times: number, steps: Script): Generator<Frame> {
    for (let turn = 0; turn < times; turn += 1) yield* this.#performAll(steps);
  }

  #request(text: string | undefined): void {
    if (text === undefined || this.#requested.has(text)) return;
    this.#requested.add(text);
    this.#options.speak(text, this.#options.voice).then(
      samples => this.#spoken.set(text, samples),
      () => this.#spoken.set(text, new Int16Array(0)),
    );
  }
}

function* silence(ms: number): Generator<Frame> {
  for (let at = 0; at < ms; at += FRAME_MS) yield SILENCE;
}

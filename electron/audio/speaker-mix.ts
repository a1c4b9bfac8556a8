import { Fader, panned, type StereoGain } from '../core/audio/fader.ts';
import { type Frame, framesOf, SILENCE, type StereoFrame } from '../core/audio/frame.ts';
import { Mixer } from '../core/audio/mixer.ts';
import type { Signals } from '../core/signals.ts';
import type { RingTone } from '../core/sound-plan.ts';
import type { LegSound } from './leg-sound.ts';
import { RingPlayer } from './ring-player.ts';

/** Sound of the past that is heard here: gives the next 20 ms, and says where it is. */
export type ReplayVoice = {
  readonly pull: () => Frame;
  readonly position: () => Signals['replay'];
};

/** A voice in the mix. */
type Voice = { readonly pull: () => Frame; readonly fader: Fader };

/** How loud everything is, and the past within it. */
type Loudness = { readonly gain: number; readonly replayGain: number };

const NOT_HEARD: StereoGain = { left: 0, right: 0 };

/** What the speaker plays: calls, the ring, a clip, the past. Whatever joins or leaves is faded. */
export class SpeakerMix {
  readonly #mixer = new Mixer();
  readonly #ring = new RingPlayer();
  /** Heard once more, while they fade away. */
  #leaving: Voice[] = [];
  #clip: Frame[] = [];
  #clipFader = new Fader();
  #replay: ReplayVoice | null = null;
  #replayFader = new Fader();

  /** The tone of a ringing call. */
  set ring(tone: RingTone) {
    this.#ring.tone = tone;
  }

  /** Where the past that is played is; null when none is. */
  get replayPosition(): Signals['replay'] {
    return this.#replay?.position() ?? null;
  }

  /** Plays a clip, instead of one that still plays. @param samples 16 bits, 8 kHz */
  playHere(samples: Int16Array): void {
    const before = this.#clip;
    this.leave({ pull: () => before.shift() ?? SILENCE, fader: this.#clipFader });
    this.#clipFader = new Fader();
    this.#clip = framesOf(samples);
  }

  /** Plays the past from now on; null stops it. */
  playAgain(voice: ReplayVoice | null): void {
    if (voice === this.#replay) return;
    if (this.#replay !== null) this.leave({ pull: this.#replay.pull, fader: this.#replayFader });
    this.#replay = voice;
    this.#replayFader = new Fader();
  }

  /** Lets a voice that is gone fade away. */
  leave(voice: Voice): void {
    if (voice.fader.audible) this.#leaving.push(voice);
  }

  /** The next 20 ms. The array is used again for the 20 ms after. */
  next(legs: Iterable<LegSound>, { gain, replayGain }: Loudness, nowMs: number): StereoFrame {
    for (const leg of legs) this.#addLeg(leg, gain, nowMs);
    this.#ring.addTo(this.#mixer, gain);
    const both = panned(gain, 0);
    const clip = this.#clip.shift();
    if (clip !== undefined) this.#mixer.add(clip, this.#clipFader, both);
    else if (this.#clipFader.audible) this.#mixer.add(SILENCE, this.#clipFader, NOT_HEARD);
    if (this.#replay !== null) {
      this.#mixer.add(this.#replay.pull(), this.#replayFader, panned(gain * replayGain, 0));
    }
    for (const { pull, fader } of this.#leaving) this.#mixer.add(pull(), fader, NOT_HEARD);
    this.#leaving = this.#leaving.filter(({ fader }) => fader.audible);
    return this.#mixer.take();
  }

  #addLeg(leg: LegSound, outputGain: number, nowMs: number): void {
    const { gain, pan } = leg.sound;
    const from = leg.heardFrom;
    for (const { playout, fader, from: own } of leg.tracks) {
      const heard = own === from ? gain * outputGain : 0;
      if (heard === 0 && !fader.audible) playout.skip(nowMs);
      else this.#mixer.add(playout.pull(nowMs), fader, panned(heard, pan));
    }
  }
}

import { Fader, panned } from '../core/audio/fader.ts';
import { type Frame, framesOf, SILENCE } from '../core/audio/frame.ts';
import type { Mixer } from '../core/audio/mixer.ts';
import { renderRing, renderRingback } from '../core/audio/tones.ts';
import { type RingTone, SOFT_RING_GAIN } from '../core/sound-plan.ts';

const LOUDNESS: Readonly<Record<RingTone, number>> = {
  none: 0,
  ring: 1,
  'soft-ring': SOFT_RING_GAIN,
  ringback: 1,
};

/** A sound that repeats while its tone is wanted. */
type Repeated = {
  readonly frames: readonly Frame[];
  readonly fader: Fader;
  readonly isFor: (tone: RingTone) => boolean;
  at: number;
};

/** Repeats the tone of a ringing call. One that ends fades away in what it was. */
export class RingPlayer {
  readonly #sounds: readonly Repeated[] = [
    repeated(renderRing(), tone => tone === 'ring' || tone === 'soft-ring'),
    repeated(renderRingback(), tone => tone === 'ringback'),
  ];
  #tone: RingTone = 'none';

  set tone(tone: RingTone) {
    for (const sound of this.#sounds) {
      if (sound.isFor(tone) && !sound.isFor(this.#tone)) sound.at = 0;
    }
    this.#tone = tone;
  }

  addTo(mixer: Mixer, gain: number): void {
    for (const sound of this.#sounds) {
      const loudness = sound.isFor(this.#tone) ? gain * LOUDNESS[this.#tone] : 0;
      if (loudness === 0 && !sound.fader.audible) continue;
      const frame = sound.frames[sound.at % sound.frames.length] ?? SILENCE;
      mixer.add(frame, sound.fader, panned(loudness, 0));
      sound.at += 1;
    }
  }
}

function repeated(samples: Int16Array, isFor: Repeated['isFor']): Repeated {
  return { frames: framesOf(samples), fader: new Fader(), isFor, at: 0 };
}

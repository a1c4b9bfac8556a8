import { FRAME_SAMPLES, type Frame } from '../core/audio/frame.ts';
import { mixed } from './conference-mix.ts';

/** A sound that is being played. */
type Playing = {
  readonly samples: Int16Array;
  readonly endless: boolean;
  at: number;
  readonly finish: () => void;
};

/** Sounds for whoever takes them 20 ms at a time; several at once are heard together. */
export class SoundFeed {
  readonly #playing = new Set<Playing>();

  /** Plays samples, again and again when `endless`; resolves when the last was taken or `signal` aborts. */
  play(samples: Int16Array, signal: AbortSignal, endless = false): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted || samples.length === 0) return resolve();
      const finish = (): void => {
        this.#playing.delete(playing);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const playing: Playing = { samples, endless, at: 0, finish };
      this.#playing.add(playing);
      signal.addEventListener('abort', finish);
    });
  }

  /** The next 20 ms; silence when nothing is played. */
  next(): Frame {
    return mixed([...this.#playing].map(frameOf));
  }
}

function frameOf(playing: Playing): Frame {
  const { samples, endless, finish } = playing;
  const frame = new Int16Array(FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES && playing.at < samples.length; i += 1) {
    frame[i] = samples[playing.at] ?? 0;
    playing.at += 1;
    if (endless && playing.at === samples.length) playing.at = 0;
  }
  if (playing.at >= samples.length) finish();
  return frame;
}

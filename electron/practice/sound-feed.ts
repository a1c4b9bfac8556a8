import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { mixed } from './conference-mix.ts';
import { addWords } from './frame-words.ts';
import { type Saying, sayingOf } from './saying.ts';

/** A sound that is being played. */
type Playing = {
  readonly samples: Int16Array;
  readonly text: string | undefined;
  readonly endless: boolean;
  saying: Saying | undefined;
  at: number;
  readonly finish: () => void;
};

/** Sounds for whoever takes them 20 ms at a time; several at once are heard together. */
export class SoundFeed {
  readonly #playing = new Set<Playing>();

  /**
   * Plays samples, again and again when `endless`; resolves when the last was taken or `signal`
   * aborts. @param text what is said with them, if anything is
   */
  play(samples: Int16Array, signal: AbortSignal, endless = false, text?: string): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted || samples.length === 0) return resolve();
      const finish = (): void => {
        this.#playing.delete(playing);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const saying = text === undefined ? undefined : sayingOf(text, samples);
      const playing: Playing = { samples, text, endless, saying, at: 0, finish };
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
  addWords(frame, playing.saying, (playing.at * 1000) / SAMPLE_RATE_HZ);
  for (let i = 0; i < FRAME_SAMPLES && playing.at < samples.length; i += 1) {
    frame[i] = samples[playing.at] ?? 0;
    playing.at += 1;
    if (endless && playing.at === samples.length) sayAgain(playing);
  }
  if (playing.at >= samples.length) finish();
  return frame;
}

/** Begins anew: the same words are another saying. */
function sayAgain(playing: Playing): void {
  playing.at = 0;
  if (playing.text !== undefined) playing.saying = sayingOf(playing.text, playing.samples);
}

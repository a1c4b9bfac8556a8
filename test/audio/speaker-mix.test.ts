import { describe, expect, it } from 'vitest';
import { SpeakerMix } from '../../electron/audio/speaker-mix.ts';
import { Fader } from '../../electron/core/audio/fader.ts';
import { FRAME_SAMPLES, type Frame, SILENCE } from '../../electron/core/audio/frame.ts';
import { roughness } from '../support/playout-run.ts';
import { sine } from '../support/tones.ts';
import { flat, flatClip, toneFrame } from './engine-rig.ts';

const LOUDNESS = { gain: 1, replayGain: 1 };
const VALUE = flat(3000)[0] ?? 0;

/** A mix without calls, and what the left ear hears of it. */
function openMix() {
  const mix = new SpeakerMix();
  const hear = (frames: number, loudness = LOUDNESS): Int16Array => {
    const heard = new Int16Array(frames * FRAME_SAMPLES);
    for (let i = 0; i < frames; i += 1) {
      const frame = mix.next([], loudness, 20 * i);
      heard.set(
        frame.filter((_, at) => at % 2 === 0),
        i * FRAME_SAMPLES,
      );
    }
    return heard;
  };
  return { mix, hear };
}

/** The past: a tone that goes on as long as it is pulled. */
function pastTone(hz: number) {
  let pulls = 0;
  return {
    pulls: () => pulls,
    pull: (): Frame => {
      pulls += 1;
      return toneFrame(hz, pulls);
    },
    position: () => ({ atMs: pulls * 20, lengthMs: 10_000 }),
  };
}

describe('the mix for the speaker', () => {
  it('is silence with nothing to play', () => {
    expect(openMix().hear(1)).toEqual(SILENCE);
  });

  it('plays a clip once, as loud as the desk', () => {
    const { mix, hear } = openMix();
    mix.playHere(flatClip(3000, 3));
    const heard = hear(5, { gain: 0.5, replayGain: 1 });
    const from = FRAME_SAMPLES;
    expect(heard.slice(from, 3 * FRAME_SAMPLES)).toEqual(
      new Int16Array(2 * FRAME_SAMPLES).fill(Math.round(VALUE / 2)),
    );
    expect(heard.subarray(3 * FRAME_SAMPLES).every(sample => sample === 0)).toBe(true);
  });

  it('lets a clip give way to the next without a click, and plays that whole', () => {
    const { mix, hear } = openMix();
    const limit = 2 * roughness(sine(90, 100)).step;
    mix.playHere(sine(90, 1000));
    const before = hear(10).slice(-FRAME_SAMPLES);
    mix.playHere(sine(90, 100));
    const heard = hear(6);
    expect(roughness(Int16Array.of(...before, ...heard)).step).toBeLessThan(limit);
    expect(heard.slice(FRAME_SAMPLES, 5 * FRAME_SAMPLES)).toEqual(
      sine(90, 100).slice(FRAME_SAMPLES),
    );
    expect(heard.slice(5 * FRAME_SAMPLES)).toEqual(SILENCE);
  });

  it('plays the past at its own loudness, and tells where it is', () => {
    const { mix, hear } = openMix();
    expect(mix.replayPosition).toBeNull();
    mix.playAgain(pastTone(400));
    const heard = hear(3, { gain: 0.5, replayGain: 0.5 });
    expect(heard.slice(-FRAME_SAMPLES)).toEqual(toneFrame(400, 3).map(s => Math.round(s / 4)));
    expect(mix.replayPosition).toEqual({ atMs: 60, lengthMs: 10_000 });
  });

  it('lets the past fade away, and then lets go of it', () => {
    const { mix, hear } = openMix();
    const voice = pastTone(90);
    mix.playAgain(voice);
    const before = hear(5);
    mix.playAgain(null);
    expect(mix.replayPosition).toBeNull();
    const after = hear(3);
    const limit = 1.4 * roughness(before).step;
    expect(roughness(Int16Array.of(...before, ...after)).step).toBeLessThan(limit);
    expect(after.slice(FRAME_SAMPLES).every(sample => sample === 0)).toBe(true);
    expect(voice.pulls()).toBe(6);
  });

  it('may be told to stop the past by the past itself', () => {
    const { mix, hear } = openMix();
    const voice = pastTone(400);
    mix.playAgain({
      position: voice.position,
      pull: () => {
        if (voice.pulls() < 3) return voice.pull();
        mix.playAgain(null);
        return SILENCE;
      },
    });
    hear(4);
    expect(mix.replayPosition).toBeNull();
    mix.playAgain(pastTone(400));
    expect(hear(2).slice(FRAME_SAMPLES)).toEqual(toneFrame(400, 2));
  });

  it('lets go of a voice that left once it has faded, and never pulls one that was not heard', () => {
    const { mix, hear } = openMix();
    const heard = pastTone(400);
    const unheard = pastTone(400);
    mix.leave({ pull: heard.pull, fader: new Fader({ left: 1, right: 1 }) });
    mix.leave({ pull: unheard.pull, fader: new Fader() });
    hear(5);
    expect([heard.pulls(), unheard.pulls()]).toEqual([1, 0]);
  });
});

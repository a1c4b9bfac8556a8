import { describe, expect, it } from 'vitest';
import { RingPlayer } from '../../electron/audio/ring-player.ts';
import { FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { Mixer } from '../../electron/core/audio/mixer.ts';
import { renderRing, renderRingback } from '../../electron/core/audio/tones.ts';
import { type RingTone, SOFT_RING_GAIN } from '../../electron/core/sound-plan.ts';
import { roughness } from '../support/playout-run.ts';

/** A ring and what the left ear hears of it. */
function openRing() {
  const mixer = new Mixer();
  const ring = new RingPlayer();
  const hear = (frames: number, gain = 1): Int16Array => {
    const heard = new Int16Array(frames * FRAME_SAMPLES);
    for (let i = 0; i < frames; i += 1) {
      ring.addTo(mixer, gain);
      const frame = mixer.take().filter((_, at) => at % 2 === 0);
      heard.set(frame, i * FRAME_SAMPLES);
    }
    return heard;
  };
  const tone = (wanted: RingTone): void => {
    ring.tone = wanted;
  };
  return { hear, tone };
}

describe('the ring', () => {
  it('is silent until a call rings', () => {
    expect(openRing().hear(1)).toEqual(SILENCE);
  });

  it('repeats its tone from the start, faded in', () => {
    const { hear, tone } = openRing();
    tone('ring');
    const whole = renderRing();
    const heard = hear((2 * whole.length) / FRAME_SAMPLES);
    expect(heard.slice(FRAME_SAMPLES, whole.length)).toEqual(whole.slice(FRAME_SAMPLES));
    expect(heard.slice(whole.length)).toEqual(whole);
  });

  it('goes on where it is when it only becomes softer', () => {
    const { hear, tone } = openRing();
    tone('ring');
    hear(10);
    tone('soft-ring');
    const from = 12 * FRAME_SAMPLES;
    const soft = hear(10).slice(2 * FRAME_SAMPLES);
    expect(soft).toEqual(
      renderRing()
        .slice(from, from + soft.length)
        .map(sample => Math.round(sample * SOFT_RING_GAIN)),
    );
  });

  it('begins anew for the next call', () => {
    const { hear, tone } = openRing();
    tone('ring');
    hear(25);
    tone('none');
    hear(2);
    tone('ring');
    expect(hear(5).slice(FRAME_SAMPLES)).toEqual(
      renderRing().slice(FRAME_SAMPLES, 5 * FRAME_SAMPLES),
    );
  });

  it('does not click when it ends, or gives way to another, anywhere in its tone', () => {
    for (const [first, second] of [
      ['ring', 'none'],
      ['ringback', 'none'],
      ['ring', 'ringback'],
      ['ringback', 'ring'],
    ] as const) {
      const limit = 1.1 * Math.max(...[renderRing(), renderRingback()].map(s => roughness(s).step));
      for (let frames = 1; frames < 40; frames += 1) {
        const { hear, tone } = openRing();
        tone(first);
        const before = hear(frames);
        tone(second);
        const heard = Int16Array.of(...before.subarray(-FRAME_SAMPLES), ...hear(3));
        expect(roughness(heard).step).toBeLessThan(limit);
      }
    }
  });
});

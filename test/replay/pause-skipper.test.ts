import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { deckOn, deckOnLive, misplaced } from './deck-rig.ts';
import { turns } from './live-tape.ts';

describe('without its pauses', () => {
  it('all that is said is played, and pauses over 0.7 s are short', () => {
    const said = asOnTheWire(
      turns(1000, 600, 1000, 5000, 1000, 700, 1000, 720, 1000, 90_000, 1000),
    );
    const { deck, hear, ends } = deckOn(said);
    deck.skipSilence = true;
    deck.play(true);
    const heard = hear(600);
    const loud = (samples: Int16Array) => samples.filter(sample => Math.abs(sample) > 300).length;
    expect(ends()).toBe(1);
    // Its ends are faded; six words of a second each.
    expect(loud(said) - loud(heard)).toBeLessThan(30);
    const expectedMs = 6000 + 600 + 700 + 3 * 400;
    const { length } = heard.subarray(
      0,
      heard.findLastIndex(sample => sample !== 0),
    );
    expect(length / 8 / expectedMs).toBeCloseTo(1, 1);
    expect(roughness(heard).step).toBeLessThan(1.1 * roughness(said).step);
  });

  it('quiet noise is joined without a click', () => {
    const said = turns(1000, 3000, 1000, 3000, 1000).map(
      (sample, i) => sample + Math.round(200 * Math.sin(i / 9)),
    );
    const { deck, hear } = deckOn(asOnTheWire(said));
    deck.skipSilence = true;
    deck.play(true);
    const heard = hear(300);
    const quiet = heard.subarray(8500, 8000 + 400 * 8 - 500);
    expect(roughness(quiet).step).toBeLessThan(60);
  });

  it('its place is what is heard, also where a pause was left out', () => {
    for (const speed of [1, 1.5, 2] as const) {
      const said = glidingSound(20);
      said.fill(0, 40_000, 80_000);
      const { deck, hear } = deckOn(said);
      deck.speed = speed;
      deck.skipSilence = true;
      deck.play(true);
      hear(5);
      for (let i = 0; i < 400; i += 1) {
        const heard = hear(1);
        if (heard.subarray(80).filter(sample => sample !== 0).length < 70) continue;
        const away = misplaced(heard, deck.position().atMs, said);
        expect(away).toBeLessThanOrEqual(FRAME_SAMPLES);
      }
    }
  });

  it('a live call is caught up with at 1×, and heard as it is once nobody has more to say', () => {
    const said = asOnTheWire(turns(1000, 5000, 1000, 60_000));
    const { deck, hearLive, ends } = deckOnLive(said, 7000, 0);
    deck.skipSilence = true;
    deck.play(true);
    hearLive(120);
    expect(ends()).toBe(0);
    hearLive(20);
    expect(ends()).toBe(1);
  });

  it('a recording that ends in silence ends where nobody speaks any more', () => {
    const { deck, hear, ends } = deckOn(asOnTheWire(turns(1000, 60_000)));
    deck.skipSilence = true;
    deck.play(true);
    hear(70);
    expect(ends()).toBe(1);
    expect(deck.position().atMs).toBe(61_000);
  });
});

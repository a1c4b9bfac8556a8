import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import type { SoundSource } from '../../electron/replay/sound-source.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { joinFrames } from '../support/tones.ts';
import { deckOn, differsAt, isSmooth, lowTone, misplaced, openDeck } from './deck-rig.ts';

const gliding = glidingSound(30);

describe('a replay', () => {
  it('plays at 1× what was said, sample for sample, faded in and out', () => {
    for (const atMs of [0, 1234.5]) {
      const { deck, hear } = deckOn(gliding, atMs);
      deck.play(true);
      const from = atMs * 8;
      const frames = Math.ceil((gliding.length - from) / FRAME_SAMPLES);
      const heard = hear(frames).subarray(0, gliding.length - from);
      expect(differsAt(heard.subarray(80, -80), gliding.subarray(from + 80, -80))).toBeNull();
      expect([heard[0], heard.at(-1)]).toEqual([0, 0]);
    }
  });

  it('is silent until it is told to play', () => {
    const { hear } = deckOn(gliding);
    expect(hear(3).every(sample => sample === 0)).toBe(true);
  });

  it('stands still while paused, and goes on with what comes next', () => {
    const { deck, hear } = deckOn(gliding);
    deck.play(true);
    hear(100);
    deck.play(false);
    const pause = hear(50);
    expect(deck.position().atMs).toBe(101 * 20);
    deck.play(true);
    const after = hear(100);
    expect(pause.subarray(FRAME_SAMPLES).every(sample => sample === 0)).toBe(true);
    const from = 101 * FRAME_SAMPLES;
    expect(after.subarray(80)).toEqual(gliding.subarray(from + 80, from + after.length));
  });

  it('goes to other places, also several at once', () => {
    const { deck, hear } = deckOn(gliding);
    deck.play(true);
    const pieces = [hear(20)];
    for (const atMs of [20_000, 3333, 12_345]) {
      deck.seek(atMs);
      pieces.push(hear(20));
      expect(deck.position().atMs).toBeCloseTo(atMs + 380, 0);
    }
    for (const atMs of [1000, 9000, 17_000]) {
      deck.seek(atMs);
      pieces.push(hear(1));
    }
    pieces.push(hear(20));
    const heard = pieces.at(-1)?.subarray(FRAME_SAMPLES);
    const from = 17_000 * 8 + FRAME_SAMPLES;
    expect(heard).toEqual(gliding.subarray(from, from + (heard?.length ?? 0)));
  });

  it('does not click where it is paused, moved, made faster, and at its ends', () => {
    for (const speed of [0.75, 1, 1.5, 2] as const) {
      const { deck, hear } = deckOn(lowTone, 1003);
      deck.speed = speed;
      const pieces: Int16Array[] = [];
      const acts = [
        () => deck.play(true),
        () => deck.play(false),
        () => deck.play(true),
        () => deck.seek(20_001),
        () => deck.seek(5555),
        () => deck.seek(5002),
        () => deck.play(false),
        () => deck.seek(7),
        () => deck.play(true),
        () => deck.seek(29_503),
      ];
      for (const frames of [7, 1, 2, 70]) {
        for (const act of acts) {
          act();
          pieces.push(hear(frames));
        }
      }
      const heard = joinFrames(pieces);
      expect(isSmooth(heard)).toBe(true);
      expect(heard.some(sample => sample > 8000)).toBe(true);
    }
  });

  it('stays paused when it is moved just after, and moved when it is paused just after', () => {
    for (const first of ['pause', 'seek'] as const) {
      const { deck, hear } = deckOn(gliding);
      deck.play(true);
      hear(20);
      if (first === 'pause') deck.play(false);
      deck.seek(20_000);
      if (first === 'seek') deck.play(false);
      expect(deck.position().atMs).toBe(20_000);
      expect(
        hear(10)
          .subarray(FRAME_SAMPLES)
          .every(sample => sample === 0),
      ).toBe(true);
      expect(deck.position().atMs).toBe(20_000);
      deck.play(true);
      expect(hear(2).subarray(80)).toEqual(gliding.subarray(160_080, 160_000 + 320));
    }
  });

  it('takes a pause back that has not begun', () => {
    const { deck, hear } = deckOn(gliding);
    deck.play(true);
    const before = hear(5);
    deck.play(false);
    deck.play(true);
    expect(Int16Array.of(...before, ...hear(5)).subarray(80)).toEqual(gliding.subarray(80, 1600));
  });

  it('tells the place of what is heard within 20 ms, at every speed', () => {
    for (const speed of [0.75, 1, 1.25, 1.5, 2] as const) {
      const { deck, hear } = deckOn(gliding, 1000);
      deck.speed = speed;
      deck.play(true);
      hear(5);
      for (let i = 0; i < 200; i += 1) {
        const heard = hear(1);
        const away = misplaced(heard, deck.position().atMs, gliding);
        expect(away).toBeLessThanOrEqual(FRAME_SAMPLES);
      }
    }
  });

  it('holds places outside of the sound for its start or its end', () => {
    const { deck, hear, ends } = deckOn(gliding, 99_000_000);
    expect(deck.position()).toEqual({ atMs: 30_000, lengthMs: 30_000 });
    deck.seek(-5);
    expect(deck.position().atMs).toBe(0);
    deck.seek(99_000);
    deck.play(true);
    hear(3);
    expect(ends()).toBe(1);
  });

  it('ends once at the end of a recording, and begins anew when it is played again', () => {
    for (const speed of [0.75, 1, 1.5, 2] as const) {
      const { deck, hear, ends } = deckOn(gliding, 29_000);
      deck.speed = speed;
      deck.play(true);
      hear(Math.ceil(50 / speed) + 20);
      expect(ends()).toBe(1);
      expect(deck.position().atMs).toBe(30_000);
      deck.play(true);
      expect(deck.position().atMs).toBe(0);
      hear(50);
      expect(deck.position().atMs / speed).toBeCloseTo(1000, -2);
      expect(ends()).toBe(1);
    }
  });

  it('goes on from where it is put after its end', () => {
    const { deck, hear, ends } = deckOn(gliding, 29_900);
    deck.play(true);
    hear(10);
    deck.seek(5000);
    deck.play(true);
    expect(hear(2).subarray(80)).toEqual(gliding.subarray(40_080, 40_320));
    expect(ends()).toBe(1);
  });
});

describe('a source that is slow', () => {
  it('is silence without going on, faded where it stops and where it comes back', () => {
    let there = 4100;
    const source: SoundSource = {
      start: () => 0,
      end: () => lowTone.length,
      grows: () => false,
      read: (at, count) => lowTone.slice(at, Math.min(there, at + count)),
      speechAfter: at => at,
      close: () => {},
    };
    for (const speed of [1, 2] as const) {
      there = 4100;
      const { deck, hear, ends } = openDeck(source);
      deck.speed = speed;
      deck.play(true);
      const pieces = [hear(60)];
      expect(deck.position().atMs).toBe(4100 / 8);
      there = lowTone.length;
      pieces.push(hear(20));
      expect(isSmooth(joinFrames(pieces))).toBe(true);
      expect(ends()).toBe(0);
      if (speed === 1) expect(pieces[1]?.subarray(80)).toEqual(lowTone.subarray(4180, 4100 + 3200));
    }
  });
});

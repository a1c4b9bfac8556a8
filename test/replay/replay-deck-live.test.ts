import { beforeAll, describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { spokenSound } from '../support/spoken-sound.ts';
import { amplitudeAt, joinFrames } from '../support/tones.ts';
import { deckOnLive, differsAt, isSmooth, lowTone } from './deck-rig.ts';

const gliding = glidingSound(30);

describe('a live call that is heard again', () => {
  let speech: Int16Array;
  const voice = asOnTheWire(
    Int16Array.from({ length: 50 * 8000 }, (_, i) => {
      let sum = 0;
      for (let h = 1; h <= 8; h += 1) sum += Math.sin((2 * Math.PI * 300 * h * i) / 8000 + h) / h;
      return Math.round(4000 * sum);
    }),
  );

  beforeAll(async () => {
    speech = await spokenSound(3);
  });

  it.each([
    [1.25, 40_000],
    [1.5, 20_000],
    [2, 10_000],
  ] as const)('catches up at %s× in %i ms for 10 s, and ends then', (speed, neededMs) => {
    for (const said of [voice, speech]) {
      const { deck, hearLive, ends } = deckOnLive(said, 10_000, 0);
      deck.speed = speed;
      deck.play(true);
      const early = hearLive(neededMs / 20 - 40);
      expect(ends()).toBe(0);
      const heard = joinFrames([early, hearLive(60)]);
      expect(ends()).toBe(1);
      expect(roughness(heard).step).toBeLessThan(1.15 * roughness(said).step);
    }
  });

  it('keeps its pitch while it catches up, and never runs dry', () => {
    for (const speed of [1.5, 2] as const) {
      const { deck, hearLive, ends } = deckOnLive(voice, 5000, 0);
      deck.speed = speed;
      deck.play(true);
      const frames: Int16Array[] = [];
      while (ends() === 0 && frames.length < 1000) frames.push(hearLive(1));
      const heard = joinFrames(frames.slice(0, -1));
      const strength = Array.from({ length: 41 }, (_, i) =>
        amplitudeAt(heard.subarray(8000), 280 + i),
      );
      expect(280 + strength.indexOf(Math.max(...strength))).toBe(300);
      // Zeros in a row are only where it fades out.
      const zeros = heard
        .subarray(0, -2 * FRAME_SAMPLES)
        .filter((s, i) => s === 0 && heard[i + 1] === 0);
      expect(zeros).toHaveLength(0);
    }
  });

  it('is left without a click when it has caught up', () => {
    for (const speed of [1.25, 1.5, 2] as const) {
      for (const beforeMs of [500, 520, 560, 640]) {
        const { deck, hearLive, ends } = deckOnLive(lowTone, beforeMs, 0);
        deck.speed = speed;
        deck.play(true);
        expect(isSmooth(hearLive(200))).toBe(true);
        expect(ends()).toBe(1);
      }
    }
  });

  it('ends never by itself at 1×, however near to now', () => {
    const { deck, hearLive, ends } = deckOnLive(gliding, 1000, 900);
    deck.play(true);
    const heard = hearLive(1200);
    expect(ends()).toBe(0);
    expect(differsAt(heard.subarray(80), gliding.subarray(7280, 7200 + heard.length))).toBeNull();
  });

  it('waits out a stall of the call at 1×, without a click, and loses nothing', () => {
    const { deck, hear, hearLive, say, ends } = deckOnLive(lowTone, 2000, 1000);
    deck.play(true);
    const pieces = [hearLive(100), hear(150)];
    expect(ends()).toBe(0);
    const { atMs } = deck.position();
    hear(20);
    expect(deck.position().atMs).toBe(atMs);
    say(150);
    pieces.push(hear(100));
    expect(isSmooth(joinFrames(pieces))).toBe(true);
    const after = pieces.at(-1)?.subarray(80, -80);
    expect(after).toEqual(lowTone.subarray(atMs * 8 + 80, atMs * 8 + 80 + (after?.length ?? 0)));
  });

  it('is left for the call itself when it is put at its end, or has no sound yet', () => {
    const { deck, hearLive, ends } = deckOnLive(lowTone, 5000, 1000);
    deck.play(true);
    hearLive(10);
    deck.seek(99_000);
    const heard = hearLive(3);
    expect(ends()).toBe(1);
    expect(isSmooth(heard)).toBe(true);
    const none = deckOnLive(gliding, 0, 0);
    none.deck.play(true);
    none.hear(1);
    expect(none.ends()).toBe(1);
  });

  it('stays where it is while paused, and is played to its end when the call ends', () => {
    const { deck, hear, hearLive, hangUp, ends } = deckOnLive(gliding, 2000, 1000);
    deck.play(true);
    hearLive(10);
    deck.play(false);
    hearLive(200);
    expect(deck.position().atMs).toBe(1220);
    hangUp();
    deck.play(true);
    const heard = hear(300);
    const { length } = heard.subarray(0, 2000 * 8 + 210 * FRAME_SAMPLES - 1220 * 8);
    expect(heard.subarray(80, length - 80)).toEqual(
      gliding.subarray(1220 * 8 + 80, 1220 * 8 + length - 80),
    );
    expect(ends()).toBe(1);
  });
});

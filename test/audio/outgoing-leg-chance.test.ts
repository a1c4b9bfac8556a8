import { describe, expect, it } from 'vitest';
import { clip, type FarEnd, frame, named, names, openLeg } from './far-end.ts';

/** Numbers that look like chance and are the same every time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * below;
  };
}

/** Does what comes to whoever's mind, then lets everything play to its end. */
function act(seed: number, steps: number, mayStop: boolean) {
  const { clock, leg, sent, heard, played, connect } = openLeg();
  const roll = dice(seed);
  const music = [0, 1, 2, 3, 4].map(number => frame('loop', number));
  const expected: string[] = [];
  const cut: string[] = [];
  let clips = 0;
  let spoken = 0;
  let hushedAt: number | null = null;
  let end: FarEnd | null = connect();
  const stop = (): void => {
    leg.stopClips();
    cut.push(...expected.filter(name => !heard.includes(name)));
  };
  const play = (): void => {
    const first = expected.length;
    const frames = 1 + Math.floor(roll(6));
    const number = clips;
    clips += 1;
    const whole = names('clip', first, frames);
    expected.push(...whole);
    leg.playClip(clip(first, frames), isWhole => {
      played.push(`${number}`);
      if (isWhole) expect(heard).toEqual(expect.arrayContaining(whole));
      else expect(mayStop).toBe(true);
    });
  };
  const lose = (): void => {
    end?.cut();
    if (end !== null) leg.disconnect(end);
    end = null;
  };
  const replace = (): void => {
    end?.cut();
    end = connect();
  };
  const jam = (): void => {
    if (end !== null) end.jammed = roll(2) < 1;
  };
  const speak = (): void => {
    spoken += 1;
    leg.speak(frame('microphone', spoken % 10_000));
  };
  const acts: [number, () => void][] = [
    [6, speak],
    [3, () => leg.hush()],
    [2, play],
    [1, () => leg.playLoop(roll(3) < 1 ? music : [])],
    [1, jam],
    [0.3, lose],
    [0.6, replace],
    [mayStop ? 0.5 : 0, stop],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);
  for (let step = 0; step < steps; step += 1) {
    clock.advance(roll(4) < 1 ? 0 : roll(35));
    if (hushedAt !== null) {
      expect(heard.slice(hushedAt).filter(name => name.startsWith('microphone'))).toEqual([]);
    }
    let at = roll(total);
    const [, what] =
      acts.find(([weight]) => {
        at -= weight;
        return at < 0;
      }) ?? [];
    const before = spoken;
    what?.();
    if (spoken !== before) hushedAt = null;
    else if (what === acts[1]?.[1]) hushedAt ??= heard.length;
  }
  leg.playLoop([]);
  end ??= connect();
  end.jammed = false;
  clock.advance(120_000);
  const heardClips = heard.filter(name => name.startsWith('clip'));
  const sentClips = sent.filter(({ source }) => source === 'clip').map(({ mulaw }) => named(mulaw));
  return { clock, heardClips, sentClips, expected, cut, played, clips };
}

describe('whatever happens to a leg', () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

  it('every frame of a clip is heard exactly once and in order, and every clip told of once', () => {
    for (const seed of seeds) {
      const { clock, heardClips, sentClips, expected, played, clips } = act(seed, 400, false);
      expect(heardClips, `seed ${seed}`).toEqual(expected);
      expect(sentClips, `seed ${seed}`).toEqual(expected);
      expect(played, `seed ${seed}`).toEqual(Array.from({ length: clips }, (_, i) => `${i}`));
      expect(clock.timers()).toBe(0);
    }
  });

  it('of clips that were cut off nothing more is heard, of the others everything', () => {
    for (const seed of seeds) {
      const { heardClips, expected, cut, played, clips } = act(seed, 400, true);
      expect(cut.length, `seed ${seed}`).toBeGreaterThan(0);
      expect(heardClips, `seed ${seed}`).toEqual(expected.filter(name => !cut.includes(name)));
      expect(played, `seed ${seed}`).toEqual(Array.from({ length: clips }, (_, i) => `${i}`));
    }
  });
});

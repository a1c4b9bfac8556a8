import { describe, expect, it } from 'vitest';
import {
  NO_TALK,
  type TalkFigures,
  type TalkSpan,
  type TalkTally,
  talkAfter,
} from '../../electron/core/talk.ts';

const endOf = ({ atMs, lengthMs }: TalkSpan): number => atMs + lengthMs;

/** Stretches by side, each from and to in ms. */
function spans(them: readonly (readonly [number, number])[], us: typeof them): TalkSpan[] {
  const of = (speaker: 'them' | 'us', times: typeof them): TalkSpan[] =>
    times.map(([from, to]) => ({ speaker, atMs: from, lengthMs: to - from }));
  return [...of('them', them), ...of('us', us)];
}

/** What is counted as stretches end, one after the other. */
function counted(all: readonly TalkSpan[]): TalkTally {
  return [...all].sort((a, b) => endOf(a) - endOf(b)).reduce(talkAfter, NO_TALK);
}

/** The same from every 10 ms of the call, which all times must be whole multiples of. */
function sampled(all: readonly TalkSpan[]): TalkFigures {
  const last = Math.max(0, ...all.map(endOf)) / 10;
  const talks = (speaker: string, i: number): boolean =>
    all.some(span => span.speaker === speaker && span.atMs <= i * 10 && i * 10 < endOf(span));
  const figures = { them: 0, us: 0, both: 0, silence: 0 };
  let quiet = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < last; i += 1) {
    const [them, us] = [talks('them', i), talks('us', i)];
    if (them) figures.them += 10;
    if (us) figures.us += 10;
    if (them && us) figures.both += 10;
    if (them || us) {
      figures.silence = Math.max(figures.silence, quiet);
      quiet = 0;
    } else quiet += 10;
  }
  const longest = (speaker: 'them' | 'us'): number => {
    const own = all.filter(span => span.speaker === speaker).sort((a, b) => a.atMs - b.atMs);
    const others = all.filter(span => span.speaker !== speaker && span.lengthMs >= 500);
    let most = 0;
    let since = 0;
    for (const [i, span] of own.entries()) {
      const before = own[i - 1];
      const goesOn =
        before !== undefined &&
        span.atMs - endOf(before) < 2000 &&
        !others.some(other => other.atMs < span.atMs && endOf(other) > endOf(before));
      if (!goesOn) since = span.atMs;
      most = Math.max(most, endOf(span) - since);
    }
    return most;
  };
  return {
    themMs: figures.them,
    usMs: figures.us,
    overTalkMs: figures.both,
    longestThemMs: longest('them'),
    longestUsMs: longest('us'),
    longestSilenceMs: figures.silence,
  };
}

/** Numbers from 0 up to 1 that look random and are the same every time. */
function chances(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return at / 4_294_967_296;
  };
}

describe('the figures of talk', () => {
  it('count what lies over several stretches of the other side', () => {
    const { figures } = counted(
      spans(
        [
          [1000, 2000],
          [3000, 4000],
        ],
        [[500, 5000]],
      ),
    );
    expect(figures.overTalkMs).toBe(2000);
    expect(figures.longestSilenceMs).toBe(0);
    expect(figures.longestThemMs).toBe(1000);
  });

  it('let a word of the other side, but no more, into a turn', () => {
    const turn = [
      [0, 4000],
      [5000, 9000],
    ] as const;
    expect(counted(spans(turn, [[4300, 4700]])).figures.longestThemMs).toBe(9000);
    expect(counted(spans(turn, [[4300, 4800]])).figures.longestThemMs).toBe(4000);
  });

  it('end a turn with a pause of two seconds', () => {
    const { figures } = counted(
      spans(
        [
          [0, 1000],
          [2990, 4000],
          [6000, 6500],
        ],
        [],
      ),
    );
    expect(figures.longestThemMs).toBe(4000);
    expect(figures.longestSilenceMs).toBe(2000);
  });

  it('are those of the sound itself, however the sides talk', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const chance = chances(seed);
      const times = (): [number, number][] => {
        const found: [number, number][] = [];
        for (let at = 0; at < 30_000; ) {
          const from = at + 20 + 10 * Math.floor(chance() ** 3 * 400);
          const to = from + 160 + 10 * Math.floor(chance() ** 3 * 500);
          found.push([from, to]);
          at = to;
        }
        return found;
      };
      const all = spans(times(), times());
      expect({ seed, ...counted(all).figures }).toEqual({ seed, ...sampled(all) });
    }
  });

  it('keep little, however long one side talks on', () => {
    const monologue = Array.from({ length: 1000 }, (_, i) => [i * 1000, i * 1000 + 600] as const);
    const { figures, run } = counted(spans(monologue, []));
    expect(run.length).toBeLessThanOrEqual(100);
    expect(figures.longestThemMs).toBe(999_600);
    expect(figures.themMs).toBe(600_000);
  });
});

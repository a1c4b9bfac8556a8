import { describe, expect, it } from 'vitest';
import { LegSound } from '../../electron/audio/leg-sound.ts';
import { FRAME_SAMPLES, framesOf } from '../../electron/core/audio/frame.ts';
import { levelOf } from '../../electron/core/audio/level.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { type Side, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';
import { flat } from './engine-rig.ts';

/** A leg on a clock that is moved by hand. */
function openLeg() {
  const clock = fakeClock();
  const lost: string[] = [];
  const leg = new LegSound(clock, [], tapeBudget(), {
    onSent: () => {},
    onHeard: () => {},
    onLost: (atMs, lengthMs) => lost.push(`${lengthMs} ms at ${atMs} ms`),
    onKept: () => {},
  });
  const open = () =>
    leg.connect({ send: () => true, ready: () => true, mark: () => {}, clear: () => {} });
  const kept = (side: Side, from: number, to: number) =>
    decodeMulaw(leg.tape.read(side, { from, to }));
  return { clock, leg, lost, open, kept };
}

/** Where sound begins on a side of the tape that is otherwise silent, in ms. */
function beginsMs(samples: Int16Array): number {
  return samples.findIndex(sample => sample !== 0) / 8;
}

describe('the other side of a leg', () => {
  const said = glidingSound(4);
  const frames = framesOf(said).map(frame => encodeMulaw(frame));

  it('is kept whole when a stall brings it all at once', () => {
    const { clock, leg, open, kept, lost } = openLeg();
    const stream = open();
    for (const [i, frame] of frames.entries()) {
      if (i < 50 || i >= 150) clock.advance(20);
      if (i === 149) clock.advance(2000);
      stream.onSound(i * 20, frame);
    }
    expect(kept('them', 0, said.length)).toEqual(said);
    expect(leg.tape.end).toBe(said.length);
    expect(lost).toEqual([]);
  });

  it('goes on without a gap where timestamps are off by some ms', () => {
    const { clock, open, kept } = openLeg();
    const stream = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      stream.onSound(Math.max(0, i * 20 + ((i * 7) % 11) - 5), frame);
    }
    expect(kept('them', 0, said.length)).toEqual(said);
  });

  it('stands where its timestamps say after sound that never came', () => {
    const { clock, open, kept } = openLeg();
    const stream = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      if (i < 60 || i >= 90) stream.onSound(i * 20, frame);
    }
    const holed = said.slice();
    holed.fill(0, 60 * FRAME_SAMPLES, 90 * FRAME_SAMPLES);
    expect(kept('them', 0, said.length)).toEqual(holed);
  });

  it('stands behind the break when a second stream begins', () => {
    const { clock, leg, open, kept, lost } = openLeg();
    const first = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      first.onSound(i * 20, frame);
    }
    clock.advance(2500);
    const second = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      second.onSound(i * 20, frame);
    }
    expect(kept('them', 0, said.length)).toEqual(said);
    const from = said.length + 2500 * 8;
    expect(kept('them', from, from + said.length)).toEqual(said);
    expect(kept('them', said.length, from).every(sample => sample === 0)).toBe(true);
    expect(lost).toEqual(['2500 ms at 4000 ms']);
    expect(leg.nowMs()).toBe(said.length / 4 + 2500 - 20);
  });

  it('is not taken from a stream that gave way to another, nor after the end', () => {
    const { clock, leg, open, kept } = openLeg();
    const first = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      first.onSound(i * 20, frame);
    }
    const second = open();
    first.onSound(4000, encodeMulaw(flat(8000)));
    clock.advance(20);
    second.onSound(0, encodeMulaw(flat(500)));
    expect(kept('them', 0, said.length)).toEqual(said);
    expect(kept('them', said.length, said.length + FRAME_SAMPLES)).toEqual(flat(500));
    leg.close();
    second.onSound(20, encodeMulaw(flat(500)));
    expect(leg.tape.end).toBe(said.length + FRAME_SAMPLES);
  });

  it('of payloads that hold several frames shows the level of each', () => {
    const { leg, open } = openLeg();
    const three = Uint8Array.of(
      ...[500, 8000, 2000].flatMap(value => [...encodeMulaw(flat(value))]),
    );
    open().onSound(0, three);
    const levels = [500, 8000, 2000].map(value => levelOf(flat(value)));
    expect(leg.waveform.part(1, 0, 9).them).toEqual(Uint8Array.from(levels));
  });
});

describe('timestamps that cannot be true', () => {
  const said = glidingSound(8);
  const frames = framesOf(said).map(frame => encodeMulaw(frame));

  /** Told as one word, since a list of thousands of differences takes minutes. */
  const isSaid = (samples: Int16Array) =>
    samples.length === said.length && samples.every((sample, i) => sample === said[i]);

  /** Says it all in time, with timestamps that are changed. */
  const say = (stamped: (timestampMs: number, i: number) => number) => {
    const opened = openLeg();
    const { clock, leg } = opened;
    const stream = opened.open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      stream.onSound(stamped(i * 20, i), frame);
      leg.tracks[0]?.playout.pull(clock.monotonic());
    }
    return opened;
  };

  it.each([3_600_000, 86_399_980, 1e15])('one that is %i ms ahead moves nothing', aheadMs => {
    const { leg, kept, lost } = say((timestampMs, i) => (i === 100 ? aheadMs : timestampMs));
    expect(isSaid(kept('them', 0, said.length))).toBe(true);
    expect(leg.tape.start).toBe(0);
    expect(leg.tape.end).toBe(said.length);
    expect(leg.waveform.length).toBe(frames.length);
    expect(leg.nowMs()).toBe(7980);
    expect(lost).toEqual([]);
    expect(leg.quality()).toMatchObject({ receivedFrames: 400, missingFrames: 0, lateFrames: 0 });
    expect(leg.newStarts).toBe(1);
  });

  it('at the beginning of a stream are where it is then', () => {
    const { leg, kept } = say(timestampMs => timestampMs + 7_200_000);
    expect(isSaid(kept('them', 0, said.length))).toBe(true);
    expect(leg.tape.end).toBe(said.length);
    expect(leg.nowMs()).toBe(7980);
  });

  it('that begin again at zero go on where the sound was, and nothing before is overwritten', () => {
    const { leg, kept } = say((timestampMs, i) => (i < 200 ? timestampMs : timestampMs - 4000));
    expect(isSaid(kept('them', 0, said.length))).toBe(true);
    expect(leg.quality()).toMatchObject({ receivedFrames: 400, missingFrames: 0, droppedMs: 0 });
    expect(leg.newStarts).toBe(1);
  });

  it('that begin again change nothing of what was told already', () => {
    const { clock, leg, open } = openLeg();
    const stream = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      stream.onSound(i < 200 ? i * 20 : i * 20 - 4000, frame);
      expect(leg.tape.takeChanged()?.from).toBe(i * FRAME_SAMPLES);
    }
  });

  it('that come twice are written once', () => {
    const { clock, leg, open, kept } = openLeg();
    const stream = open();
    for (const [i, frame] of frames.entries()) {
      clock.advance(20);
      stream.onSound(i * 20, frame);
      stream.onSound(i * 20, encodeMulaw(flat(8000)));
      if (i > 5) stream.onSound(i * 20 - 100, encodeMulaw(flat(8000)));
    }
    expect(isSaid(kept('them', 0, said.length))).toBe(true);
    expect(leg.tape.end).toBe(said.length);
  });
});

describe('this side of a leg', () => {
  const quiet = new Int16Array(FRAME_SAMPLES);

  /** A quarter of an hour on the own clock, of a sender whose clock is off: a word of half a second every two. */
  const talk = (drift: number) => {
    const { clock, leg, open, kept } = openLeg();
    const stream = open();
    const [loud] = flat(8000);
    const words: { readonly awayMs: number; readonly samples: number }[] = [];
    let received = 0;
    let wordMs = 0;
    for (let i = 0; i < 45_000; i += 1) {
      clock.advance(20);
      for (; received < i * (1 + drift); received += 1) {
        stream.onSound(received * 20, encodeMulaw(quiet));
      }
      if (i % 100 === 40) wordMs = leg.nowMs();
      leg.outgoing.speak(i % 100 >= 40 && i % 100 < 65 ? flat(8000) : quiet);
      if (i % 100 !== 95) continue;
      const from = Math.round(wordMs * 8) - 4000;
      const word = kept('us', from, from + 12_000);
      const samples = word.filter(sample => sample === loud).length;
      words.push({ awayMs: Math.abs(beginsMs(word) - 500), samples });
    }
    return words;
  };

  it.each([-200e-6, 0, 200e-6])('stands where it was said, and whole, at a drift of %f', drift => {
    const words = talk(drift);
    expect(words).toHaveLength(450);
    expect(Math.max(...words.map(({ awayMs }) => awayMs))).toBeLessThan(120);
    expect(new Set(words.map(({ samples }) => samples))).toEqual(new Set([25 * FRAME_SAMPLES]));
  });

  it('is kept whole when it begins before the other side is heard', () => {
    const { clock, leg, open, kept } = openLeg();
    const stream = open();
    const clip = asOnTheWire(glidingSound(1));
    leg.outgoing.playClip(clip);
    clock.advance(700);
    for (let i = 0; i < 36; i += 1) stream.onSound(i * 20, encodeMulaw(quiet));
    for (let i = 36; i < 80; i += 1) {
      clock.advance(20);
      stream.onSound(i * 20, encodeMulaw(quiet));
    }
    expect(kept('us', 0, clip.length)).toEqual(clip);
  });

  it('stands where it was said after a silence of this side', () => {
    const { clock, leg, open, kept } = openLeg();
    const stream = open();
    for (let i = 0; i < 300; i += 1) {
      clock.advance(20);
      stream.onSound(i * 20, encodeMulaw(quiet));
      if (i < 10 || i >= 200) leg.outgoing.speak(flat(8000));
    }
    expect(beginsMs(kept('us', 0, 48_000))).toBe(0);
    expect(beginsMs(kept('us', 8000, 48_000))).toBe(3000);
  });
});

import { describe, expect, it } from 'vitest';
import { encodeMulaw } from '../../../electron/core/audio/mulaw.ts';
import { Pace } from '../../../electron/core/audio/pace.ts';
import { SampleRing } from '../../../electron/core/audio/sample-ring.ts';
import { roughness } from '../../support/playout-run.ts';
import { joinFrames, sine } from '../../support/tones.ts';

function ringWith(samples: Int16Array): SampleRing {
  const ring = new SampleRing();
  ring.append(encodeMulaw(samples), 0, 0);
  return ring;
}

/** Pulls frames, asking before each; returns what was heard and by how much it was edited. */
function play(ring: SampleRing, frames: number, ask: () => number): [Int16Array, number[]] {
  const edits: number[] = [];
  const heard = Array.from({ length: frames }, () => {
    edits.push(ask());
    const frame = new Int16Array(160);
    ring.take(frame);
    return frame;
  });
  return [joinFrames(heard), edits];
}

describe('the pace of playout', () => {
  it('leaves out quiet sound at once, all that is too much', () => {
    const ring = ringWith(new Int16Array(3200));
    expect(new Pace(ring).leaveOut(1000)).toBe(1000);
  });

  it('keeps the beginning of a word after quiet sound', () => {
    const ring = ringWith(joinFrames([new Int16Array(800), sine(300, 200)]));
    const leftOut = new Pace(ring).leaveOut(2000);
    expect(leftOut).toBeGreaterThanOrEqual(760);
    expect(leftOut).toBeLessThan(765);
    expect(ring.quietFrom(0, 100)).toBeGreaterThan(35);
  });

  it('merges whole periods in speech, now and then and without a step', () => {
    const tone = sine(160, 2000);
    const ring = ringWith(tone);
    const pace = new Pace(ring);
    const [heard, edits] = play(ring, 60, () => pace.leaveOut(200));
    const made = edits.filter(edit => edit > 0);
    expect(made).toEqual(made.map(() => made[0]));
    expect(made[0] === 50 || made[0] === 100).toBe(true);
    expect(made.length).toBeGreaterThanOrEqual(5);
    expect(made.length).toBeLessThanOrEqual(6);
    expect(roughness(heard).step).toBeLessThan(1.1 * roughness(tone).step);
  });

  it('runs at one and a half to twice the speed when far behind', () => {
    const ring = ringWith(sine(160, 2000));
    const pace = new Pace(ring);
    const [, edits] = play(ring, 20, () => pace.leaveOut(4000));
    const leftOut = edits.reduce((sum, edit) => sum + edit, 0);
    expect(leftOut).toBeGreaterThan(0.5 * 3200);
    expect(leftOut).toBeLessThanOrEqual(3200);
  });

  it('puts in quiet sound, or whole periods of speech', () => {
    const quiet = ringWith(new Int16Array(800));
    quiet.advance(300);
    expect(new Pace(quiet).putIn(100)).toBe(100);

    const tone = sine(160, 2000);
    const ring = ringWith(tone);
    ring.advance(400);
    const pace = new Pace(ring);
    const [heard, edits] = play(ring, 30, () => pace.putIn(160));
    const made = edits.filter(edit => edit > 0);
    expect(made).toHaveLength(10);
    for (const edit of made) expect(edit % 50).toBe(0);
    expect(roughness(heard).step).toBeLessThan(1.1 * roughness(tone).step);
  });

  it('joins what is not alike only after having waited for better', () => {
    const glide = Int16Array.from({ length: 16_000 }, (_, i) =>
      Math.round(8000 * Math.sin(i * i * 0.7)),
    );
    const ring = ringWith(glide);
    const pace = new Pace(ring);
    const [, edits] = play(ring, 60, () => pace.leaveOut(600));
    expect(edits.findIndex(edit => edit > 0)).toBeGreaterThan(10);
  });
});

import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { renderDigits, renderRingback } from '../../electron/core/audio/tones.ts';
import type { Fact } from '../../electron/core/events.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { amplitudeAt } from '../support/tones.ts';
import { aAndB, flat, type Heard, openEngine, planAfter, toneFrame } from './engine-rig.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };

/** How loud 440 Hz (a) and 1000 Hz (b) are in each ear, from the tenth frame on. */
function loudness({ left, right }: Heard) {
  const at = (ear: Int16Array, hz: number) =>
    Math.round(amplitudeAt(ear.subarray(10 * FRAME_SAMPLES), hz) / 60) / 100;
  return {
    a: [at(left, 440), at(right, 440)],
    b: [at(left, 1000), at(right, 1000)],
  };
}

/** Two calls whose other sides hold a tone of peak 6000 each. */
function twoTones(hzOfA = 440, hzOfB = 1000) {
  const rig = openEngine();
  const [a, b] = [rig.stream('a'), rig.stream('b')];
  let i = 0;
  const both = (frames: number): Heard =>
    rig.pass(frames, () => {
      a.says(toneFrame(hzOfA, i));
      b.says(toneFrame(hzOfB, i));
      i += 1;
    });
  return { ...rig, a, b, both };
}

describe('while no speaker takes what is to be heard', () => {
  /** A call of which sound comes for so many frames, with nobody there to hear it. */
  const unheard = (frames: number) => {
    const rig = openEngine();
    rig.engine.follow(planAfter(...aAndB));
    const leg = rig.stream('a');
    let i = 0;
    const says = () => {
      leg.says(toneFrame(440, i));
      i += 1;
    };
    rig.pass(50, says);
    const before = rig.engine.qualities()[0]?.quality;
    for (let frame = 0; frame < frames; frame += 1) {
      says();
      rig.clock.advance(20);
    }
    return { ...rig, says, before };
  };

  it('time goes by: nothing piles up, and little is left out', () => {
    const { engine, before } = unheard(1000);
    const after = engine.qualities()[0]?.quality;
    expect(before).toMatchObject({ receivedFrames: 50, droppedMs: 0 });
    expect(after).toMatchObject({ receivedFrames: 1050, lateFrames: 0 });
    expect(after?.depthMs).toBeLessThanOrEqual(80);
    expect(after?.droppedMs).toBeLessThanOrEqual(200);
  });

  it('it is heard again where the call is, when the speaker is back', () => {
    const { engine, says, pass } = unheard(500);
    const dropped = engine.qualities()[0]?.quality.droppedMs ?? 0;
    const { left } = pass(100, says);
    expect(engine.qualities()[0]?.quality.addedMs).toBeLessThan(80);
    expect((engine.qualities()[0]?.quality.droppedMs ?? 0) - dropped).toBeLessThan(100);
    expect(amplitudeAt(left.subarray(50 * FRAME_SAMPLES), 440)).toBeGreaterThan(5500);
  });
});

describe('what is heard here', () => {
  it('is every call, each at its own volume and place, at the loudness of the desk', () => {
    const { engine, both } = twoTones();
    engine.follow(planAfter(...aAndB));
    expect(loudness(both(60))).toEqual({ a: [1, 1], b: [1, 1] });
    const half: Fact = { event: 'volume-changed', callId: 'b', volume: 0.5 };
    const left: Fact = { event: 'pan-changed', callId: 'a', pan: -1 };
    engine.follow(planAfter(...aAndB, half, left));
    expect(loudness(both(60))).toEqual({ a: [1, 0], b: [0.5, 0.5] });
    const { settings } = stateAfter([]);
    const softer: Fact = {
      event: 'settings-changed',
      settings: { ...settings, outputVolume: 0.5 },
    };
    engine.follow(planAfter(...aAndB, half, left, softer));
    expect(loudness(both(60))).toEqual({ a: [0.5, 0], b: [0.25, 0.25] });
  });

  it('is without what is silenced, and only what is heard alone', () => {
    const { engine, both } = twoTones();
    engine.follow(planAfter(...aAndB, { event: 'silence-changed', callId: 'a', on: true }));
    expect(loudness(both(60))).toEqual({ a: [0, 0], b: [1, 1] });
    engine.follow(planAfter(...aAndB, { event: 'solo-changed', callId: 'a', on: true }));
    expect(loudness(both(60))).toEqual({ a: [1, 1], b: [0, 0] });
  });

  it('does not click when calls are moved, silenced and gone', () => {
    const { engine, both } = twoTones(70, 110);
    const steps: Fact[][] = [
      [{ event: 'pan-changed', callId: 'a', pan: 1 }],
      [{ event: 'silence-changed', callId: 'b', on: true }],
      [{ event: 'volume-changed', callId: 'a', volume: 0.1 }],
      [],
    ];
    engine.follow(planAfter(...aAndB));
    const said = roughness(both(50).left);
    for (const facts of steps) {
      engine.follow(planAfter(...aAndB, ...facts));
      const { left, right } = both(7);
      for (const ear of [left, right]) expect(roughness(ear).step).toBeLessThan(1.4 * said.step);
    }
    engine.forget('a');
    const after = both(5);
    expect(roughness(after.left).step).toBeLessThan(1.4 * said.step);
    expect(Math.max(...both(20).left)).toBeLessThan(6500);
  });

  it('is silence before anything came, and soon after everything was played', () => {
    const { engine, stream, pass } = openEngine();
    engine.follow(planAfter(...aAndB));
    const leg = stream('a');
    expect(pass(3).left.every(sample => sample === 0)).toBe(true);
    pass(50, i => leg.says(toneFrame(440, i)));
    const after = pass(100);
    expect(after.left.subarray(-50 * FRAME_SAMPLES).every(sample => sample === 0)).toBe(true);
  });

  it('is what was said, sample for sample', () => {
    const { engine, stream, pass } = openEngine();
    engine.follow(planAfter(...aAndB));
    const leg = stream('a');
    const said = framesOf(glidingSound(2));
    const { left, right } = pass(said.length, i => leg.says(said[i] ?? SILENCE));
    expect(left).toEqual(right);
    const start = left.findIndex((_, at) => at % FRAME_SAMPLES === 0 && left[at + 100] !== 0);
    const from = start + FRAME_SAMPLES;
    expect(left.slice(from)).toEqual(
      glidingSound(2).slice(FRAME_SAMPLES, FRAME_SAMPLES + left.length - from),
    );
  });

  it('is the ringing tone while a dialled number rings, over again, and fades when it is over', () => {
    const { engine, pass } = openEngine();
    const tone = renderRingback();
    engine.follow(planAfter({ event: 'call-ringing', ...introduction('r', 'outbound') }));
    const frames = tone.length / FRAME_SAMPLES;
    const { left } = pass(2 * frames);
    expect(left.slice(FRAME_SAMPLES, tone.length)).toEqual(tone.slice(FRAME_SAMPLES));
    expect(left.slice(tone.length)).toEqual(tone);
    engine.follow(planAfter());
    expect(pass(2).left.slice(FRAME_SAMPLES)).toEqual(SILENCE);
  });

  it('is a clip for this desk only', () => {
    const { engine, stream, pass } = openEngine();
    const { sent } = stream('a');
    engine.follow(planAfter(...aAndB, toA));
    const clip = renderDigits('1');
    engine.playHere(clip);
    const { left } = pass(framesOf(clip).length + 2);
    expect(left.slice(FRAME_SAMPLES, clip.length)).toEqual(clip.slice(FRAME_SAMPLES));
    expect(left.subarray(-FRAME_SAMPLES)).toEqual(SILENCE);
    expect(sent).toEqual([]);
  });

  it('is the past instead of a live call, while that call goes on', () => {
    const { engine, stream, pass, signals } = openEngine();
    const leg = stream('a');
    const replay: Fact = {
      event: 'replay-changed',
      replay: { callId: 'a', source: 'live', playing: true, speed: 1, skipSilence: false },
    };
    engine.follow(planAfter(...liveCallFacts('a'), replay));
    engine.playAgain({ pull: () => flat(3000), position: () => ({ atMs: 40, lengthMs: 900 }) });
    const { left } = pass(20, i => leg.says(toneFrame(440, i)));
    expect(left.subarray(FRAME_SAMPLES).every(sample => sample === flat(3000)[0])).toBe(true);
    expect(signals.at(-1)?.replay).toEqual({ atMs: 40, lengthMs: 900 });
    engine.playAgain(null);
    const gone = pass(2, i => leg.says(toneFrame(440, 20 + i))).left;
    expect(roughness(gone).step).toBeLessThan(100);
    expect(gone.subarray(FRAME_SAMPLES)).toEqual(SILENCE);
    expect(signals.at(-1)?.replay).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { roughness } from '../support/playout-run.ts';
import { amplitudeAt } from '../support/tones.ts';
import { flat, flatClip, type Heard, openEngine, planFor, toneFrame } from './engine-rig.ts';

const MONITOR = planFor({ a: { from: 'monitor' } });
const SEAT = planFor({ a: { from: 'seat' } });

/** Where frames of a call heard by two ways are cut: its tone beside the call, and in the seat. */
const BESIDE_HZ = 100;
const SEATED_HZ = 160;

/** A call that is monitored, and this desk's seat in it, told apart by their tones. */
function seated() {
  const rig = openEngine();
  rig.engine.follow(MONITOR);
  const beside = rig.monitor('a');
  let seat: ReturnType<typeof rig.seat> | null = null;
  let i = 0;
  const talk = (frames: number): Heard =>
    rig.pass(frames, () => {
      beside.brings(toneFrame(BESIDE_HZ, i), SILENCE);
      seat?.says(toneFrame(SEATED_HZ, i));
      i += 1;
    });
  const sit = () => {
    seat = rig.seat('a');
    return seat;
  };
  return { ...rig, beside, talk, sit };
}

/** How loud each way is heard, 1 as it was said. */
function ways(samples: Int16Array): { readonly beside: number; readonly seat: number } {
  const at = (hz: number) => Math.round((10 * amplitudeAt(samples, hz)) / 6000) / 10;
  return { beside: at(BESIDE_HZ), seat: at(SEATED_HZ) };
}

describe('a call heard from the seat instead of from beside', () => {
  it('changes over within 10 ms: never both, never neither, and without a click', () => {
    const { engine, talk, sit } = seated();
    const before = talk(50).left;
    sit();
    // Its stream runs, the plan does not want it yet.
    expect(ways(talk(50).left)).toEqual({ beside: 1, seat: 0 });
    engine.follow(SEAT);
    const { left } = talk(51);
    const limit = 1.4 * Math.max(roughness(before).step, roughness(toneFrame(SEATED_HZ, 0)).step);
    expect(roughness(Int16Array.of(...before.slice(-1), ...left)).step).toBeLessThan(limit);
    expect(ways(left.slice(FRAME_SAMPLES))).toEqual({ beside: 0, seat: 1 });
    expect(ways(left.slice(FRAME_SAMPLES / 2, FRAME_SAMPLES * 3)).seat).toBeGreaterThan(0.8);
    engine.follow(MONITOR);
    const back = talk(51).left;
    expect(roughness(back).step).toBeLessThan(limit);
    expect(ways(back.slice(FRAME_SAMPLES))).toEqual({ beside: 1, seat: 0 });
  });

  it('is as loud as ever during the change', () => {
    const { engine, monitor, seat, pass } = openEngine();
    const [beside, own] = [monitor('a'), seat('a')];
    engine.follow(MONITOR);
    const said = () => {
      beside.brings(flat(4000), SILENCE);
      own.says(flat(4000));
    };
    pass(30, said);
    engine.follow(SEAT);
    const { left } = pass(5, said);
    const value = flat(4000)[0] ?? 0;
    expect(Math.max(...left)).toBe(value);
    expect(Math.min(...left)).toBeGreaterThan(0.6 * value);
    expect(left.slice(FRAME_SAMPLES).every(sample => sample === value)).toBe(true);
  });

  it('goes on from beside until sound of the seat is there', () => {
    const { engine, talk, sit, pass, beside } = seated();
    talk(50);
    sit();
    engine.follow(SEAT);
    const alone = pass(20, i => beside.brings(toneFrame(BESIDE_HZ, 50 + i), SILENCE));
    expect(ways(alone.left)).toEqual({ beside: 1, seat: 0 });
    talk(10);
    expect(ways(talk(50).left)).toEqual({ beside: 0, seat: 1 });
  });

  it('is in time when it is heard again, however long it was not', () => {
    const { engine, monitor, seat, pass } = openEngine();
    const [beside, own] = [monitor('a'), seat('a')];
    const said = framesOf(glidingSound(8));
    engine.follow(SEAT);
    pass(350, i => {
      beside.brings(said[i] ?? SILENCE, SILENCE);
      own.says(SILENCE);
    });
    engine.follow(MONITOR);
    const { left } = pass(40, i => {
      beside.brings(said[350 + i] ?? SILENCE, SILENCE);
      own.says(SILENCE);
    });
    const last = left.slice(-FRAME_SAMPLES);
    const behind = said.findIndex(frame => frame.every((sample, at) => sample === last[at]));
    expect(389 - behind).toBeLessThanOrEqual(3);
    expect(behind).toBeGreaterThan(380);
  });
});

describe('what is said in a seat', () => {
  it('goes out on its stream, and on no other of the call', () => {
    const { engine, stream, seat, speak, reached } = openEngine();
    const own = stream('a');
    const taken = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    speak(5);
    expect([own.sent.length, taken.sent.length]).toEqual([0, 5]);
    expect(reached).toEqual(['a']);
  });

  it('goes nowhere while the plan believes it goes elsewhere', () => {
    const { engine, stream, seat, speak, reached } = openEngine();
    const own = stream('a');
    const taken = seat('a');
    engine.follow(planFor({ a: { from: 'monitor' } }, 'a'));
    speak(5);
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    taken.onEnd();
    speak(5);
    expect([own.sent, taken.sent, reached]).toEqual([[], [], []]);
    engine.follow(planFor({ a: { from: 'call' } }, 'a'));
    own.onEnd();
    const other = seat('a');
    speak(5);
    expect([own.sent, other.sent]).toEqual([[], []]);
  });

  it('goes on by the own stream until the plan has the call in the seat', () => {
    const { engine, stream, seat, speak, pass } = openEngine();
    const own = stream('a');
    engine.follow(planFor({ a: { from: 'call' } }, 'a'));
    const taken = seat('a');
    speak(5);
    expect([own.sent.length, taken.sent.length]).toEqual([5, 0]);
    engine.follow(planFor({ a: { from: 'call', holdMusic: true } }));
    pass(10, () => {});
    expect(own.sent.length).toBeGreaterThan(10);
    expect(taken.sent).toEqual([]);
    engine.follow(planFor({ a: { from: 'call' } }));
    pass(10, () => {});
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    const before = own.sent.length;
    speak(5);
    expect([own.sent.length, taken.sent.length]).toEqual([before, 5]);
  });

  it('is not taken along from the own stream, where what is unheard is taken back', () => {
    const { clock, engine, stream, seat } = openEngine();
    const own = stream('a');
    engine.follow(planFor({ a: {} }, 'a'));
    for (let i = 0; i < 5; i += 1) engine.captured(flat(8000));
    const taken = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    clock.advance(1000);
    expect([own.told, taken.told]).toEqual([['sound', 'sound', 'sound', 'clear', 'clear'], []]);
  });

  it('a clip goes on in, where it is heard to its end', () => {
    const { clock, engine, stream, seat } = openEngine();
    const own = stream('a');
    const played: boolean[] = [];
    engine.playInto('a', flatClip(1000, 20), whole => played.push(whole));
    clock.advance(95);
    const taken = seat('a');
    engine.follow(SEAT);
    clock.advance(1000);
    expect(own.told.at(-1)).toBe('clear');
    expect(own.sent.length + taken.sent.length).toBeLessThanOrEqual(23);
    for (const name of taken.marks) taken.onMark(name);
    expect(played).toEqual([true]);
  });

  it('ends with the seat, and one that was replaced ends nothing', () => {
    const { engine, seat, speak } = openEngine();
    const first = seat('a');
    const second = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    first.onEnd();
    speak(5);
    expect([first.sent.length, second.sent.length]).toEqual([0, 5]);
    second.onEnd();
    speak(5);
    expect(second.sent).toHaveLength(5);
    expect(engine.playInto('a', flat(1000))).toBe(false);
  });
});

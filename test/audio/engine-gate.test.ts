import { describe, expect, it } from 'vitest';
import type { SoundSink } from '../../electron/audio/outgoing-leg.ts';
import { type Frame, framesOf } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { renderHoldMusic } from '../../electron/core/audio/tones.ts';
import type { CallId } from '../../electron/core/call.ts';
import { asOnTheWire } from '../support/gliding-sound.ts';
import { flat, flatClip, openEngine, planFor } from './engine-rig.ts';

const OPEN = planFor({ a: {}, b: {} }, 'a');
const SHUT = planFor({ a: {}, b: {} });
const CLIP = flat(1000)[0];

/** Frames that hold anything of the microphone. */
function voiced(frames: readonly Frame[]): number {
  return frames.filter(frame => frame.some(sample => sample > 4000)).length;
}

describe('the gate that is shut beside the plan', () => {
  it('lets nothing out from then on, and takes back what is unheard', () => {
    const { clock, engine, stream, reached } = openEngine();
    const a = stream('a');
    engine.follow(OPEN);
    for (let i = 0; i < 6; i += 1) engine.captured(flat(8000));
    engine.closeGate('a');
    expect(a.told).toEqual(['sound', 'sound', 'sound', 'clear']);
    expect(reached).toEqual(['a', null]);
    for (let i = 0; i < 20; i += 1) {
      engine.captured(flat(8000));
      clock.advance(20);
    }
    expect(a.told).toHaveLength(4);
  });

  it('lets nothing out that waited in a jam, nor what was to be sent again, on no stream', () => {
    const { clock, engine, stream } = openEngine();
    const first = stream('a');
    engine.follow(OPEN);
    engine.playInto('a', flatClip(1000, 1));
    for (let i = 0; i < 6; i += 1) engine.captured(flat(8000));
    first.socket.jammed = true;
    // What the microphone said behind the clip is to be sent again.
    engine.stopPlaying('a');
    expect(voiced(first.sent)).toBeGreaterThan(0);
    const before = first.sent.length;
    engine.closeGate('a');
    first.socket.jammed = false;
    clock.advance(200);
    first.onEnd();
    const second = stream('a');
    engine.captured(flat(8000));
    clock.advance(1000);
    expect([first.sent.length - before, second.sent.length]).toEqual([0, 0]);
  });

  it('is shut for one call only', () => {
    const { engine, stream, speak, reached } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(OPEN);
    speak(3);
    engine.closeGate('b');
    engine.closeGate('nobody');
    speak(3);
    expect([a.sent.length, b.sent.length, reached]).toEqual([6, 0, ['a']]);
  });

  it('is not opened by a plan that says what it said before, but by the next decision', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    engine.follow(OPEN);
    speak(3);
    engine.closeGate('a');
    engine.follow(planFor({ a: { gain: 0.5 }, b: {} }, 'a'));
    speak(3);
    expect(a.sent).toHaveLength(3);
    engine.follow(SHUT);
    engine.follow(OPEN);
    speak(3);
    expect(a.sent).toHaveLength(6);
    expect(a.sent[3]?.[0]).toBe(0);
  });

  it('is not opened by whoever is told that nobody hears any more, and follows at once', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    engine.follow(OPEN);
    engine.captured(flat(8000));
    engine.closeGate('a');
    engine.follow(OPEN);
    engine.captured(flat(8000));
    clock.advance(100);
    expect(voiced(a.sent)).toBe(1);
  });

  it('is open to another call that the plan moves to', () => {
    const { engine, stream, speak } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(OPEN);
    engine.closeGate('a');
    engine.follow(planFor({ a: {}, b: {} }, 'b'));
    speak(3);
    expect([a.sent.length, b.sent.length]).toEqual([0, 3]);
  });

  it('shuts the seat, and what goes to the agent of a call', () => {
    const { engine, seat, speak } = openEngine();
    const own = seat('a');
    const told: Frame[] = [];
    engine.whispers('b', frame => told.push(frame));
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    speak(3);
    engine.closeGate('a');
    speak(3);
    engine.follow(planFor({ b: { toAgent: true } }, 'b'));
    speak(3);
    engine.closeGate('b');
    speak(3);
    expect([own.sent.length, told.length]).toEqual([3, 3]);
  });

  it('leaves clips and hold music going', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    engine.follow(OPEN);
    engine.captured(flat(8000));
    engine.playInto('a', flatClip(1000, 10));
    engine.closeGate('a');
    clock.advance(1000);
    const clip = a.sent.filter(frame => frame.every(sample => sample === flat(1000)[0]));
    expect(clip.length).toBeGreaterThanOrEqual(10);
    const before = a.sent.length;
    engine.follow(planFor({ a: { holdMusic: true }, b: {} }));
    engine.closeGate('a');
    clock.advance(100);
    const music = framesOf(renderHoldMusic()).slice(0, 8);
    expect(a.sent.slice(before)).toEqual(music.map(frame => asOnTheWire(frame)));
  });
});

describe('the microphone that moves on', () => {
  it('takes nothing along that was said before, to another call or to nobody', () => {
    for (const microphone of ['b', null]) {
      const { clock, engine, stream } = openEngine();
      const [a, b] = [stream('a'), stream('b')];
      engine.follow(OPEN);
      for (let i = 0; i < 8; i += 1) engine.captured(flat(8000));
      engine.follow(planFor({ a: {}, b: {} }, microphone));
      expect(a.told.at(-1)).toBe('clear');
      const before = a.sent.length;
      clock.advance(1000);
      expect([a.sent.length - before, b.sent.length]).toEqual([0, 0]);
      engine.captured(flat(2000));
      clock.advance(1000);
      expect([voiced(a.sent.slice(before)), voiced(b.sent)]).toEqual([0, 0]);
      expect(b.sent).toHaveLength(microphone === null ? 0 : 1);
    }
  });

  it('between agent and caller begins anew, and what the one hears the other does not', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    const told: Frame[] = [];
    engine.whispers('a', frame => told.push(frame));
    engine.follow(planFor({ a: {} }, 'a'));
    for (let i = 0; i < 5; i += 1) engine.captured(flat(8000));
    engine.follow(planFor({ a: { toAgent: true } }, 'a'));
    expect(a.told).toEqual(['sound', 'sound', 'sound', 'clear']);
    for (let i = 0; i < 5; i += 1) engine.captured(flat(2000));
    clock.advance(1000);
    expect(a.told).toHaveLength(4);
    expect(told).toHaveLength(5);
    expect([told[0]?.[0], told[1]]).toEqual([0, flat(2000)]);
    engine.follow(planFor({ a: {} }, 'a'));
    engine.captured(flat(500));
    clock.advance(1000);
    expect(a.sent.at(-1)?.at(-1)).toBe(flat(500)[0]);
    expect(told).toHaveLength(5);
  });
});

describe('whatever happens around it', () => {
  /** A number from 0 up to `below`, the same run of them for the same seed. */
  const randomOf = (seed: number) => {
    let state = seed;
    return (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  };

  it('nobody gets a frame of the microphone but by a decision, and none from before it', () => {
    let [heard, closings] = [0, 0];
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = randomOf(seed);
      const { clock, engine } = openEngine();
      const callIds = ['a', 'b'] as const;
      let allowed: CallId | null = null;
      /** How often was decided who hears: what is said sounds different each time. */
      let decisions = 0;
      const said = (): Frame => flat([8000, 2000, 12_000, 4000][decisions % 4] ?? 0);
      const inputs: {
        readonly marks: string[];
        readonly input: { onMark(name: string): void; onEnd(): void };
      }[] = [];
      const socket = { jammed: false };
      const connect = (callId: CallId, isSeat: boolean): void => {
        const marks: string[] = [];
        const sink: SoundSink = {
          send: mulaw => {
            const last = decodeMulaw(mulaw).at(-1);
            if (last !== CLIP) {
              heard += 1;
              expect([seed, allowed, last]).toEqual([seed, callId, said()[0]]);
            }
            return random(20) > 0;
          },
          ready: () => !socket.jammed,
          mark: name => marks.push(name),
          clear: () => {},
        };
        const input = isSeat ? engine.connectSeat(callId, sink) : engine.connect(callId, sink);
        inputs.push({ marks, input });
      };
      const decide = (): void => {
        const microphone = [...callIds, null][random(3)] ?? null;
        const from = random(2) === 0 ? 'call' : 'seat';
        allowed = null;
        engine.follow(planFor({ a: { from }, b: { from } }));
        decisions += 1;
        allowed = microphone;
        engine.follow(planFor({ a: { from }, b: { from } }, microphone));
      };
      const acts: (() => void)[] = [
        ...new Array<() => void>(8).fill(() => engine.captured(said())),
        ...new Array<() => void>(3).fill(() => clock.advance(random(60))),
        () => connect(callIds[random(2)] ?? 'a', random(2) === 0),
        () => inputs[random(inputs.length)]?.input.onEnd(),
        () => engine.playInto(callIds[random(2)] ?? 'a', flatClip(1000, 1 + random(6))),
        () => engine.stopPlaying(callIds[random(2)] ?? 'a'),
        () => {
          socket.jammed = !socket.jammed;
        },
        () => {
          const { marks, input } = inputs[random(inputs.length)] ?? {};
          const name = marks?.shift();
          if (name !== undefined) input?.onMark(name);
        },
        decide,
        decide,
        () => {
          const callId = callIds[random(2)] ?? 'a';
          if (allowed === callId) allowed = null;
          engine.closeGate(callId);
          closings += 1;
        },
      ];
      for (let step = 0; step < 800; step += 1) acts[random(acts.length)]?.();
      clock.advance(1000);
      engine.close();
    }
    expect(closings).toBeGreaterThan(500);
    expect(heard).toBeGreaterThan(500);
  });
});

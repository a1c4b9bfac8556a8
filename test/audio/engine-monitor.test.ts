import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { levelOf } from '../../electron/core/audio/level.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { Side } from '../../electron/core/audio/sound-tape.ts';
import type { CallId } from '../../electron/core/call.ts';
import { findMatch } from '../support/correlation.ts';
import { glidingSound } from '../support/gliding-sound.ts';
import { amplitudeAt } from '../support/tones.ts';
import { flat, flatClip, type Heard, openEngine, planFor, toneFrame } from './engine-rig.ts';

/** Tones that lie in no multiple of each other: the customer's and the agent's of three calls. */
const TONES = { a: [440, 1000], b: [610, 1230], c: [770, 1490] } as const;

/** How loud a tone of peak 6000 is in each ear from the tenth frame on: 1 is as said. */
function loudness({ left, right }: Heard, hz: number): number[] {
  return [left, right].map(
    ear => Math.round(amplitudeAt(ear.subarray(10 * FRAME_SAMPLES), hz) / 60) / 100,
  );
}

/** Monitored calls whose two people hold a tone each. */
function monitored(...callIds: (keyof typeof TONES)[]) {
  const rig = openEngine();
  const calls = callIds.map(callId => ({ tones: TONES[callId], ...rig.monitor(callId) }));
  let i = 0;
  const talk = (frames: number): Heard =>
    rig.pass(frames, () => {
      for (const { tones, brings } of calls) brings(toneFrame(tones[0], i), toneFrame(tones[1], i));
      i += 1;
    });
  const kept = (callId: CallId, side: Side, from: number, to: number) =>
    decodeMulaw(rig.engine.tapeOf(callId)?.tape.read(side, { from, to }) ?? new Uint8Array(0));
  return { ...rig, calls, talk, kept };
}

const MONITORED = { from: 'monitor' } as const;

describe('a monitored call', () => {
  it('is heard with both of its people, at the volume and place of the call', () => {
    const { engine, talk } = monitored('a');
    engine.follow(planFor({ a: MONITORED }));
    const plain = talk(60);
    expect([loudness(plain, 440), loudness(plain, 1000)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    engine.follow(planFor({ a: { ...MONITORED, gain: 0.5, pan: 1 } }));
    const moved = talk(60);
    expect([loudness(moved, 440), loudness(moved, 1000)]).toEqual([
      [0, 0.5],
      [0, 0.5],
    ]);
    engine.follow(planFor({ a: { ...MONITORED, gain: 0 } }));
    const shut = talk(60);
    expect([loudness(shut, 440), loudness(shut, 1000)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('is heard in its own place beside others, each only there', () => {
    const { engine, talk } = monitored('a', 'b', 'c');
    engine.follow(
      planFor({
        a: { ...MONITORED, pan: -1 },
        b: { ...MONITORED, gain: 0.5 },
        c: { ...MONITORED, pan: 1, gain: 0.3 },
      }),
    );
    const heard = talk(110);
    for (const hz of TONES.a) expect(loudness(heard, hz)).toEqual([1, 0]);
    for (const hz of TONES.b) expect(loudness(heard, hz)).toEqual([0.5, 0.5]);
    for (const hz of TONES.c) expect(loudness(heard, hz)).toEqual([0, 0.3]);
  });

  it('is not heard while the plan says it is heard otherwise', () => {
    const { engine, talk } = monitored('a');
    engine.follow(planFor({ a: { from: 'call' } }));
    expect(talk(30).left.every(sample => sample === 0)).toBe(true);
  });

  it('takes nothing that is said here', () => {
    const { engine, speak, reached } = monitored('a');
    engine.follow(planFor({ a: MONITORED }, 'a'));
    speak(5);
    expect(engine.playInto('a', flat(1000))).toBe(false);
    expect(reached).toEqual([]);
  });

  it('is kept with its sides apart, both in one time', () => {
    const { engine, pass, kept, calls } = monitored('a');
    const said = glidingSound(2);
    const frames = framesOf(said);
    const [call] = calls;
    pass(100, i => {
      // What the customer says is heard by the agent half a second later, and said after him.
      const echo = frames[i - 25] ?? SILENCE;
      call?.brings(frames[i] ?? SILENCE, echo);
    });
    const [them, us] = [kept('a', 'them', 0, 16_000), kept('a', 'us', 0, 16_000)];
    expect(findMatch(said, them, 4000, 4000)).toMatchObject({ lag: 0 });
    expect(findMatch(said, us, 4000, 4000)).toMatchObject({ lag: 4000 });
    const { waveform } = engine.tapeOf('a') ?? {};
    const part = waveform?.part(1, 0, 100);
    const level = (i: number) => levelOf(frames[i] ?? SILENCE);
    expect([part?.them[60], part?.us[60]]).toEqual([level(60), level(35)]);
  });

  it('comes back with the next stream where the call is by then, and nothing of the old one', () => {
    const { engine, calls, monitor, pass, kept, lost } = monitored('a');
    engine.follow(planFor({ a: MONITORED }));
    const [first] = calls;
    pass(50, () => first?.brings(flat(500), flat(2000)));
    first?.onEnd();
    first?.brings(flat(8000), flat(8000));
    pass(100);
    const second = monitor('a');
    first?.brings(flat(8000), flat(8000));
    pass(50, () => second.brings(flat(500), flat(2000)));
    const at = (frame: number, side: Side) =>
      kept('a', side, frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES);
    for (const frame of [0, 49, 152, 198]) {
      expect([at(frame, 'them'), at(frame, 'us')]).toEqual([flat(500), flat(2000)]);
    }
    expect(kept('a', 'them', 51 * FRAME_SAMPLES, 148 * FRAME_SAMPLES).some(s => s !== 0)).toBe(
      false,
    );
    expect(lost).toEqual([{ callId: 'a', atMs: 1000, lengthMs: 2000 }]);
    expect(engine.newStartsOf('a')).toBe(0);
  });

  it('is measured by what the customer says', () => {
    const { engine, pass, monitor } = openEngine();
    const { onSound } = monitor('a');
    const silence = new Uint8Array(FRAME_SAMPLES).fill(0xff);
    pass(100, i => {
      onSound('inbound', i * 20, silence);
      if (i % 4 !== 0) onSound('outbound', i * 20, silence);
    });
    expect(engine.qualities()).toMatchObject([
      { callId: 'a', quality: { receivedFrames: 100, missingFrames: 0, lateFrames: 0 } },
    ]);
  });

  it('that was a call of this desk before goes on in its time and its figures', () => {
    const { engine, stream, monitor, pass, lost } = openEngine();
    engine.follow(planFor({ a: {} }));
    const own = stream('a');
    pass(50, () => own.says(flat(500)));
    own.onEnd();
    engine.follow(planFor({ a: MONITORED }));
    pass(25);
    const beside = monitor('a');
    pass(50, () => beside.brings(flat(500), flat(2000)));
    expect(engine.qualities()).toMatchObject([{ quality: { receivedFrames: 100 } }]);
    expect(engine.tapeOf('a')?.nowMs()).toBe(2500);
    expect(engine.tapeOf('a')?.tape.end).toBe(125 * FRAME_SAMPLES);
    expect(lost).toEqual([]);
  });

  it('fades away when it is over, with both voices', () => {
    const { engine, talk } = monitored('a');
    engine.follow(planFor({ a: MONITORED }));
    talk(30);
    engine.forget('a');
    const after = talk(3).left;
    expect(Math.max(...after.subarray(0, FRAME_SAMPLES / 2))).toBeGreaterThan(500);
    expect(after.subarray(FRAME_SAMPLES).every(sample => sample === 0)).toBe(true);
    expect(engine.tapeOf('a')).toBeNull();
  });
});

describe('this side of a monitored call with a seat', () => {
  const LOUD = levelOf(flat(8000));

  /** Speaks in the seat while the customer hears something. @returns the levels kept of this side */
  const kept = (isMonitored: boolean) => {
    const { engine, seat, monitor, pass } = openEngine();
    const beside = isMonitored ? monitor('a') : null;
    const own = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    pass(50, i => {
      own.says(flat(500));
      beside?.brings(flat(2000), flat(1000));
      engine.captured(flat(8000));
      if (i === 20) engine.playInto('a', flatClip(8000, 5));
    });
    const part = engine.tapeOf('a')?.waveform.part(1, 0, 50);
    return { us: [...(part?.us ?? [])], them: [...(part?.them ?? [])], sent: own.sent };
  };

  it('is what the customer hears, and what was sent there is not kept once more', () => {
    const { us, them, sent } = kept(true);
    expect(sent.length).toBeGreaterThan(45);
    expect(new Set(us)).toEqual(new Set([levelOf(flat(1000))]));
    expect(new Set(them)).toEqual(new Set([levelOf(flat(2000))]));
  });

  it('is what was sent, and the other side all the others, when nothing comes beside it', () => {
    const { us, them } = kept(false);
    expect(us.filter(level => level === LOUD).length).toBeGreaterThan(45);
    expect(new Set(them)).toEqual(new Set([levelOf(flat(500))]));
  });

  it('is kept from the seat again as soon as the stream beside it is over', () => {
    const { engine, seat, monitor, pass } = openEngine();
    const beside = monitor('a');
    const own = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }));
    const both = () => {
      own.says(flat(500));
      beside.brings(flat(2000), flat(1000));
    };
    pass(20, both);
    beside.onEnd();
    pass(20, both);
    const levels = [...(engine.tapeOf('a')?.waveform.part(1, 0, 40).them ?? [])];
    expect(levels).toEqual([
      ...new Array(20).fill(levelOf(flat(2000))),
      ...new Array(20).fill(levelOf(flat(500))),
    ]);
  });
});

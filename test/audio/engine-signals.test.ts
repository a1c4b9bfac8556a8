import { describe, expect, it } from 'vitest';
import { levelOf } from '../../electron/core/audio/level.ts';
import type { Fact } from '../../electron/core/events.ts';
import { liveCallFacts } from '../support/builders.ts';
import { flat, flatClip, openEngine, planAfter } from './engine-rig.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const live = planAfter(...liveCallFacts('a'));
const talking = planAfter(...liveCallFacts('a'), toA);
const LOUD = levelOf(flat(8000));
const SOFT = levelOf(flat(500));

describe('signals', () => {
  it('are pushed every 40 ms with the levels of both sides, frame by frame', () => {
    const { clock, engine, signals, stream } = openEngine();
    const leg = stream('a');
    engine.follow(talking);
    for (let i = 0; i < 4; i += 1) {
      leg.says(flat(500));
      engine.captured(flat(8000));
      clock.advance(20);
    }
    const both = { them: Uint8Array.of(SOFT, SOFT), us: Uint8Array.of(LOUD, LOUD) };
    const rest = { captured: LOUD, sent: LOUD, qualities: [], replay: null };
    expect(signals).toEqual([
      { ...rest, calls: [{ callId: 'a', firstFrame: 0, ...both }] },
      { ...rest, calls: [{ callId: 'a', firstFrame: 2, ...both }] },
    ]);
  });

  it('tell what a shut microphone picks up, and that nothing of it was sent', () => {
    const { clock, engine, signals, stream } = openEngine();
    stream('a');
    engine.follow(live);
    engine.captured(flat(500));
    engine.captured(flat(8000));
    clock.advance(40);
    expect(signals).toEqual([{ captured: LOUD, sent: 0, calls: [], qualities: [], replay: null }]);
  });

  it('are not pushed while there is nothing new', () => {
    const { clock, engine, signals, stream } = openEngine();
    stream('a');
    engine.follow(live);
    clock.advance(990);
    expect(signals).toEqual([]);
  });

  it('tell how the sound goes also while none comes', () => {
    const { signals, stream, pass } = openEngine();
    const a = stream('a');
    pass(50, () => a.says(flat(500)));
    signals.length = 0;
    pass(150);
    const told = signals.filter(({ qualities }) => qualities.length > 0);
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({
      calls: [],
      qualities: [{ callId: 'a', quality: { receivedFrames: 50, depthMs: 0 } }],
    });
  });

  it('tell once a second how the sound of each call goes', () => {
    const { engine, signals, stream, pass } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(live);
    pass(150, i => {
      a.says(flat(500));
      if (i === 70) b.loses(400);
      b.says(flat(500));
    });
    const told = signals.filter(({ qualities }) => qualities.length > 0);
    expect(told).toHaveLength(3);
    expect(told.map(({ qualities }) => qualities.map(({ callId }) => callId))).toEqual(
      Array.from({ length: 3 }, () => ['a', 'b']),
    );
    expect(told[2]?.qualities).toMatchObject([
      { callId: 'a', quality: { receivedFrames: 150, missingFrames: 0, unsentFrames: 0 } },
      { callId: 'b', quality: { receivedFrames: 150, missingFrames: 20 } },
    ]);
    expect(engine.qualities()).toEqual(told[2]?.qualities);
  });

  it('tell the figures in time also of a call of which little comes', () => {
    const { clock, signals, stream } = openEngine();
    const a = stream('a');
    for (let i = 0; i < 30; i += 1) {
      a.says(flat(500));
      a.loses(80);
      clock.advance(100);
    }
    const told = signals.filter(({ qualities }) => qualities.length > 0);
    expect(told).toHaveLength(3);
  });

  it('tell how many frames of the microphone could not be sent', () => {
    const { engine, pass } = openEngine();
    engine.connect('a', { send: () => true, ready: () => false, mark: () => {}, clear: () => {} });
    engine.follow(talking);
    pass(10, () => engine.captured(flat(8000)));
    expect(engine.qualities()[0]?.quality.unsentFrames).toBeGreaterThan(5);
  });
});

describe('sound that never came', () => {
  it('is told from a second on, with its place in the call', () => {
    const { stream, pass, lost } = openEngine();
    const a = stream('a');
    pass(50, () => a.says(flat(500)));
    a.loses(980);
    pass(50, () => a.says(flat(500)));
    expect(lost).toEqual([]);
    a.loses(1000);
    pass(50, () => a.says(flat(500)));
    expect(lost).toEqual([{ callId: 'a', atMs: 2980, lengthMs: 1000 }]);
  });

  it('is told of a stream that was lost and came back', () => {
    const { stream, pass, lost } = openEngine();
    const first = stream('a');
    pass(50, () => first.says(flat(500)));
    first.onEnd();
    pass(150);
    const second = stream('a');
    pass(50, () => second.says(flat(500)));
    expect(lost).toEqual([{ callId: 'a', atMs: 1000, lengthMs: 3000 }]);
  });

  it('is not told of sound that came late', () => {
    const { stream, pass, lost } = openEngine();
    const a = stream('a');
    pass(50, () => a.says(flat(500)));
    pass(100);
    for (let i = 0; i < 100; i += 1) a.says(flat(500));
    pass(50, () => a.says(flat(500)));
    expect(lost).toEqual([]);
  });

  it('is not told of a call that is over', () => {
    const { engine, stream, pass, lost } = openEngine();
    const a = stream('a');
    pass(50, () => a.says(flat(500)));
    engine.forget('a');
    a.loses(5000);
    a.says(flat(500));
    expect(lost).toEqual([]);
  });
});

describe('what is kept of a call', () => {
  it('is none of a call that is not known', () => {
    expect(openEngine().engine.tapeOf('a')).toBeNull();
  });

  it('is both sides in their places, with the time of the call', () => {
    const { engine, stream, pass } = openEngine();
    const a = stream('a');
    engine.follow(live);
    pass(100, i => {
      a.says(flat(i < 50 ? 500 : 8000));
      if (i === 25) engine.playInto('a', flatClip(2000, 10));
    });
    const kept = engine.tapeOf('a');
    expect(kept?.nowMs()).toBe(2000);
    expect(kept?.tape.end).toBe(16_000);
    const { them, us } = kept?.waveform.part(1, 0, 100) ?? {};
    expect(them).toEqual(Uint8Array.from({ length: 100 }, (_, i) => (i < 50 ? SOFT : LOUD)));
    const clip = levelOf(flat(2000));
    expect(us).toEqual(Uint8Array.from({ length: 100 }, (_, i) => (i >= 25 && i < 35 ? clip : 0)));
  });
});

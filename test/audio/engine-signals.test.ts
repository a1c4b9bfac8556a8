import { describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/audio/engine.ts';
import { FRAME_SAMPLES, type Frame } from '../../electron/core/audio/frame.ts';
import { levelOf } from '../../electron/core/audio/level.ts';
import type { Signals } from '../../electron/core/signals.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';

const live = soundPlan(stateAfter(liveCallFacts('a')));
const talking = soundPlan(
  stateAfter([...liveCallFacts('a'), { event: 'microphone-moved', callId: 'a' }]),
);

function tone(value: number): Frame {
  return new Int16Array(FRAME_SAMPLES).fill(value);
}

const LOUD = levelOf(tone(8000));
const SOFT = levelOf(tone(500));

function openEngine() {
  const clock = fakeClock();
  const signals: (Signals & { readonly atMs: number })[] = [];
  const startMs = clock.monotonic();
  const engine = createEngine({
    clock,
    onReach: () => {},
    onSignals: news => signals.push({ ...news, atMs: clock.monotonic() - startMs }),
  });
  const stream = () => {
    const sent: Frame[] = [];
    const leg = engine.connect('a', { send: frame => sent.push(frame) > 0, clear: () => {} });
    return { ...leg, sent };
  };
  return { clock, engine, signals, stream };
}

describe('signals', () => {
  it('are pushed every 40 ms with the levels of both sides, frame by frame', () => {
    const { clock, engine, signals, stream } = openEngine();
    const leg = stream();
    engine.follow(talking);
    for (let ms = 0; ms < 80; ms += 20) {
      engine.captured(tone(8000));
      leg.onFrame(ms, tone(500));
      clock.advance(20);
    }
    const both = { them: Uint8Array.of(SOFT, SOFT), us: Uint8Array.of(LOUD, LOUD) };
    expect(signals).toEqual([
      { atMs: 40, captured: LOUD, sent: LOUD, calls: [{ callId: 'a', firstFrame: 0, ...both }] },
      { atMs: 80, captured: LOUD, sent: LOUD, calls: [{ callId: 'a', firstFrame: 2, ...both }] },
    ]);
  });

  it('tell what a shut microphone picks up, and that nothing of it was sent', () => {
    const { clock, engine, signals, stream } = openEngine();
    stream();
    engine.follow(live);
    engine.captured(tone(500));
    engine.captured(tone(8000));
    clock.advance(40);
    expect(signals).toEqual([{ atMs: 40, captured: LOUD, sent: 0, calls: [] }]);
  });

  it('are not pushed while there is nothing new', () => {
    const { clock, engine, signals, stream } = openEngine();
    stream();
    engine.follow(live);
    clock.advance(1000);
    expect(signals).toEqual([]);
  });
});

describe('the waveform of a call', () => {
  it('goes on when another stream takes over, whose time begins at zero', () => {
    const { engine, stream } = openEngine();
    const first = stream();
    engine.follow(live);
    for (const ms of [0, 20, 40]) first.onFrame(ms, tone(8000));
    const second = stream();
    first.onEnd();
    for (const ms of [20, 40]) second.onFrame(ms, tone(500));
    expect(engine.waveform('a')?.them).toEqual(Uint8Array.of(LOUD, LOUD, LOUD, SOFT, SOFT));
    engine.playInto('a', tone(1));
    expect([first.sent.length, second.sent.length]).toEqual([0, 1]);
  });

  it('is none of a call that is not known', () => {
    expect(openEngine().engine.waveform('a')).toBeNull();
  });
});

describe('the end', () => {
  it('of a call stops its sound', () => {
    const { clock, engine, stream } = openEngine();
    const { sent } = stream();
    engine.follow(live);
    engine.playInto('a', new Int16Array(FRAME_SAMPLES * 20));
    expect(sent).toHaveLength(3);
    engine.forget('a');
    clock.advance(1000);
    expect(sent).toHaveLength(3);
    expect(engine.playInto('a', tone(1))).toBe(false);
    expect(engine.waveform('a')).toBeNull();
  });

  it('of the engine leaves no timer', () => {
    const { clock, engine, stream } = openEngine();
    const { sent } = stream();
    engine.follow(talking);
    engine.captured(tone(8000));
    engine.playInto('a', new Int16Array(FRAME_SAMPLES * 20));
    expect(clock.timers()).toBeGreaterThan(0);
    engine.close();
    expect(clock.timers()).toBe(0);
    const before = sent.length;
    clock.advance(1000);
    expect(sent).toHaveLength(before);
  });
});

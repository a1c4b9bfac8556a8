import { describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/audio/engine.ts';
import { FRAME_SAMPLES, type Frame, framesOf, SILENCE } from '../../electron/core/audio/frame.ts';
import { renderDigits, renderHoldMusic, renderRingback } from '../../electron/core/audio/tones.ts';
import type { CallId } from '../../electron/core/call.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Signals } from '../../electron/core/signals.ts';
import { type SoundPlan, soundPlan } from '../../electron/core/sound-plan.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const toB: Fact = { event: 'microphone-moved', callId: 'b' };
const aAndB: readonly Fact[] = [...liveCallFacts('a'), ...liveCallFacts('b')];
const holdB: Fact = { event: 'hold-changed', callId: 'b', on: true };

function planAfter(...facts: Fact[]): SoundPlan {
  return soundPlan(stateAfter(facts));
}

function tone(value: number): Frame {
  return new Int16Array(FRAME_SAMPLES).fill(value);
}

/** An engine on a clock that is moved by hand, and all that came out of it. */
function openEngine() {
  const clock = fakeClock();
  const reached: (CallId | null)[] = [];
  const signals: Signals[] = [];
  const engine = createEngine({
    clock,
    onReach: callId => reached.push(callId),
    onSignals: news => signals.push(news),
  });
  /** Connects a stream that notes what it was given. */
  const stream = (callId: CallId) => {
    const sent: Frame[] = [];
    const clears: number[] = [];
    const sink = {
      send: (frame: Frame) => sent.push(frame) > 0,
      clear: () => {
        clears.push(sent.length);
      },
    };
    return { ...engine.connect(callId, sink), sent, clears };
  };
  /** Speaks into the microphone for so many frames of time. */
  const speak = (frames: number, value = 8000): void => {
    for (let i = 0; i < frames; i += 1) {
      engine.captured(tone(value));
      clock.advance(20);
    }
  };
  return { clock, engine, reached, signals, stream, speak };
}

describe('what is heard here', () => {
  it('is every call, each with its own gain, at the loudness of the desk', () => {
    const { engine, stream } = openEngine();
    const legs = [stream('a'), stream('b')];
    const { settings } = stateAfter([]);
    const louder: Fact = { event: 'settings-changed', settings: { ...settings, outputVolume: 2 } };
    const half: Fact = { event: 'volume-changed', callId: 'b', volume: 0.5 };
    engine.follow(planAfter(...aAndB, half));
    for (const [i, leg] of legs.entries()) {
      for (let ms = 0; ms < 80; ms += 20) leg.onFrame(ms, tone(1000 * (i + 1)));
    }
    expect(engine.nextFrame()).toEqual(tone(1000 + 1000));
    engine.follow(planAfter(...aAndB, half, louder));
    expect(engine.nextFrame()).toEqual(tone(4000));
  });

  it('is silence before anything came and after everything was played', () => {
    const { engine, stream } = openEngine();
    engine.follow(planAfter(...aAndB));
    expect(engine.nextFrame()).toEqual(SILENCE);
    const leg = stream('a');
    for (const ms of [0, 20]) leg.onFrame(ms, tone(500));
    expect([0, 1, 2].map(() => engine.nextFrame()[0])).toEqual([500, 500, 0]);
  });

  it('is the ringing tone while a dialled number rings, from its start and over again', () => {
    const { engine } = openEngine();
    const frames = framesOf(renderRingback());
    engine.follow(planAfter({ event: 'call-ringing', ...introduction('r', 'outbound') }));
    const heard = Array.from({ length: frames.length * 2 }, () => engine.nextFrame());
    expect(heard).toEqual([...frames, ...frames]);
    engine.follow(planAfter());
    expect(engine.nextFrame()).toEqual(SILENCE);
  });

  it('is a clip for this desk only', () => {
    const { engine, stream } = openEngine();
    const { sent } = stream('a');
    engine.follow(planAfter(...aAndB, toA));
    const clip = renderDigits('1');
    engine.playHere(clip);
    expect(framesOf(clip).map(() => engine.nextFrame())).toEqual(framesOf(clip));
    expect(engine.nextFrame()).toEqual(SILENCE);
    expect(sent).toEqual([]);
  });
});

describe('the microphone', () => {
  it('reaches the call of the plan and no other', () => {
    const { engine, stream, speak } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(planAfter(...aAndB, toA));
    speak(5);
    expect([a.sent.length, b.sent.length]).toEqual([5, 0]);
    expect(a.sent.slice(1)).toEqual(Array.from({ length: 4 }, () => tone(8000)));
    engine.follow(planAfter(...aAndB, toB));
    speak(5);
    expect([a.sent.length, b.sent.length]).toEqual([5, 5]);
  });

  it('reaches nobody without a plan, without a call, or muted', () => {
    const { engine, stream, speak, reached } = openEngine();
    const a = stream('a');
    speak(3);
    engine.follow(planAfter(...liveCallFacts('a')));
    speak(3);
    engine.follow(
      planAfter(...liveCallFacts('a'), toA, { event: 'mute-changed', callId: 'a', on: true }),
    );
    speak(3);
    expect(a.sent).toEqual([]);
    expect(reached).toEqual([]);
  });

  it('sends not one frame more once the plan closes it, and clears once', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    for (let i = 0; i < 5; i += 1) engine.captured(tone(8000));
    expect(a.sent).toHaveLength(3);
    const shut = planAfter(...liveCallFacts('a'));
    engine.follow(shut);
    engine.captured(tone(8000));
    engine.follow(shut);
    clock.advance(1000);
    expect(a.sent).toHaveLength(3);
    expect(a.clears).toEqual([3]);
  });

  it('fades in anew each time it opens', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    for (const facts of [[toA], [], [toA]]) {
      engine.follow(planAfter(...liveCallFacts('a'), ...facts));
      speak(2);
    }
    expect(a.sent.map(frame => frame[0])).toEqual([0, 8000, 0, 8000]);
  });

  it('is as loud on the wire as the settings say', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    const settings = { ...stateAfter([]).settings, inputVolume: 0.5 };
    engine.follow(planAfter({ event: 'settings-changed', settings }, ...liveCallFacts('a'), toA));
    speak(2);
    expect(a.sent[1]).toEqual(tone(4000));
  });
});

describe('reach', () => {
  it('is told when a frame went out, and nobody 100 ms after the last', () => {
    const { clock, engine, stream, reached } = openEngine();
    stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    expect(reached).toEqual([]);
    engine.captured(tone(8000));
    expect(reached).toEqual(['a']);
    clock.advance(60);
    engine.captured(tone(8000));
    clock.advance(99);
    expect(reached).toEqual(['a']);
    clock.advance(1);
    expect(reached).toEqual(['a', null]);
  });

  it('is nobody at once when the plan closes the microphone', () => {
    const { engine, stream, speak, reached } = openEngine();
    stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    speak(2);
    engine.follow(planAfter(...liveCallFacts('a')));
    expect(reached).toEqual(['a', null]);
  });

  it('is nobody while the stream takes no frame', () => {
    const { engine, speak, reached } = openEngine();
    engine.connect('a', { send: () => false, clear: () => {} });
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    speak(5);
    expect(reached).toEqual([]);
  });
});

describe('a held call', () => {
  it('hears hold music in time, is not heard, and hears nothing of the microphone', () => {
    const { clock, engine, stream, reached } = openEngine();
    const b = stream('b');
    const music = framesOf(renderHoldMusic());
    engine.follow(planAfter(...aAndB, toB, holdB));
    expect(b.sent).toEqual(music.slice(0, 3));
    for (let ms = 0; ms < 100; ms += 20) {
      b.onFrame(ms, tone(3000));
      engine.captured(tone(8000));
      expect(engine.nextFrame()).toEqual(SILENCE);
      clock.advance(20);
    }
    expect(b.sent).toEqual(music.slice(0, 8));
    expect(reached).toEqual([]);
    engine.follow(planAfter(...aAndB));
    clock.advance(1000);
    expect(b.sent).toHaveLength(8);
  });
});

describe('a clip into a call', () => {
  it('goes out three frames ahead, then one every 20 ms, as its tones', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    engine.follow(planAfter(...liveCallFacts('a')));
    const clip = renderDigits('5');
    const frames = framesOf(clip);
    expect(engine.playInto('a', clip)).toBe(true);
    for (let due = 3; due < frames.length; due += 1) {
      expect(a.sent).toHaveLength(due);
      clock.advance(20);
    }
    clock.advance(1000);
    expect(a.sent).toEqual(frames);
  });

  it('goes first, before the microphone', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    engine.playInto('a', tone(1));
    speak(2);
    expect(a.sent.map(frame => frame.at(-1))).toEqual([1, 8000, 8000]);
  });

  it('is refused by a call without a stream', () => {
    const { engine, stream } = openEngine();
    expect(engine.playInto('a', tone(1))).toBe(false);
    stream('a').onEnd();
    expect(engine.playInto('a', tone(1))).toBe(false);
  });
});

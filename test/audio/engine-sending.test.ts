import { describe, expect, it } from 'vitest';
import { framesOf } from '../../electron/core/audio/frame.ts';
import { renderDigits, renderHoldMusic } from '../../electron/core/audio/tones.ts';
import type { Fact } from '../../electron/core/events.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { asOnTheWire } from '../support/gliding-sound.ts';
import { aAndB, flat, flatClip, openEngine, planAfter } from './engine-rig.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const toB: Fact = { event: 'microphone-moved', callId: 'b' };
const holdB: Fact = { event: 'hold-changed', callId: 'b', on: true };

const wire = (frames: readonly Int16Array[]) => frames.map(frame => asOnTheWire(frame));

describe('the microphone', () => {
  it('reaches the call of the plan and no other', () => {
    const { engine, stream, speak } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(planAfter(...aAndB, toA));
    speak(5);
    expect([a.sent.length, b.sent.length]).toEqual([5, 0]);
    expect(a.sent.slice(1)).toEqual(Array.from({ length: 4 }, () => flat(8000)));
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

  it('sends not one frame more once the plan closes it, and takes back what is unheard, once', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    for (let i = 0; i < 5; i += 1) engine.captured(flat(8000));
    expect(a.told).toEqual(['sound', 'sound', 'sound']);
    const shut = planAfter(...liveCallFacts('a'));
    engine.follow(shut);
    engine.captured(flat(8000));
    engine.follow(shut);
    clock.advance(1000);
    expect(a.told).toEqual(['sound', 'sound', 'sound', 'clear']);
  });

  it('takes back from the one call what was on its way before it reaches the other', () => {
    const { engine, stream } = openEngine();
    const [a, b] = [stream('a'), stream('b')];
    engine.follow(planAfter(...aAndB, toA));
    engine.captured(flat(8000));
    engine.follow(planAfter(...aAndB, toB));
    engine.captured(flat(8000));
    expect([a.told, b.told]).toEqual([['sound', 'clear'], ['sound']]);
  });

  it('fades in anew each time it opens', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    for (const facts of [[toA], [], [toA]]) {
      engine.follow(planAfter(...liveCallFacts('a'), ...facts));
      speak(2);
    }
    expect(a.sent.map(frame => frame[0])).toEqual([0, 8000, 0, 8000].map(at => flat(at)[0]));
  });

  it('is as loud on the wire as the settings say', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    const settings = { ...stateAfter([]).settings, inputVolume: 0.5 };
    engine.follow(planAfter({ event: 'settings-changed', settings }, ...liveCallFacts('a'), toA));
    speak(2);
    expect(a.sent[1]).toEqual(flat((flat(8000)[0] ?? 0) / 2));
  });
});

describe('reach', () => {
  it('is told when a frame went out, and nobody 300 ms after the last', () => {
    const { clock, engine, stream, reached } = openEngine();
    stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    expect(reached).toEqual([]);
    engine.captured(flat(8000));
    expect(reached).toEqual(['a']);
    clock.advance(60);
    engine.captured(flat(8000));
    clock.advance(299);
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

  it('is nobody while the stream takes no frame, nor while only a clip goes out', () => {
    const { engine, speak, stream, reached } = openEngine();
    engine.connect('a', { send: () => false, ready: () => true, mark: () => {}, clear: () => {} });
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    speak(5);
    stream('b');
    engine.follow(planAfter(...aAndB));
    engine.playInto('b', flatClip(1000, 3));
    speak(5);
    expect(reached).toEqual([]);
  });
});

describe('a held call', () => {
  it('hears hold music in time, is not heard, and hears nothing of the microphone', () => {
    const { clock, engine, stream, pass, reached } = openEngine();
    const b = stream('b');
    const music = wire(framesOf(renderHoldMusic()));
    engine.follow(planAfter(...aAndB, toB, holdB));
    expect(b.sent).toEqual(music.slice(0, 3));
    const heard = pass(5, () => {
      b.says(flat(3000));
      engine.captured(flat(8000));
    });
    expect(heard.left.every(sample => sample === 0)).toBe(true);
    expect(b.sent).toEqual(music.slice(0, 8));
    expect(reached).toEqual([]);
    engine.follow(planAfter(...aAndB));
    clock.advance(1000);
    expect(b.sent).toHaveLength(8);
  });
});

describe('a clip into a call', () => {
  it('goes out three frames ahead, then one every 20 ms, and is told when it was heard', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    const played: boolean[] = [];
    engine.follow(planAfter(...liveCallFacts('a')));
    const frames = framesOf(renderDigits('5'));
    expect(engine.playInto('a', renderDigits('5'), whole => played.push(whole))).toBe(true);
    for (let due = 3; due < frames.length; due += 1) {
      expect(a.sent).toHaveLength(due);
      clock.advance(20);
    }
    clock.advance(1000);
    expect(a.sent).toEqual(wire(frames));
    expect(played).toEqual([]);
    for (const name of a.marks) a.onMark(name);
    expect(played).toEqual([true]);
  });

  it('goes first, before the microphone', () => {
    const { engine, stream, speak } = openEngine();
    const a = stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    engine.playInto('a', flat(1000));
    speak(2);
    expect(a.sent.map(frame => frame.at(-1))).toEqual(
      [1000, 8000, 8000].map(value => flat(value)[0]),
    );
  });

  it('goes on with the stream that takes over', () => {
    const { clock, engine, stream } = openEngine();
    const first = stream('a');
    engine.follow(planAfter(...liveCallFacts('a')));
    engine.playInto('a', renderDigits('57'));
    clock.advance(100);
    first.onEnd();
    const second = stream('a');
    clock.advance(5000);
    const frames = wire(framesOf(renderDigits('57')));
    expect(second.sent.at(-1)).toEqual(frames.at(-1));
    expect(first.sent.length + second.sent.length - frames.length).toBeLessThanOrEqual(3);
  });

  it('is refused by a call without a stream, and cut off with its call', () => {
    const { clock, engine, stream } = openEngine();
    expect(engine.playInto('a', flat(1))).toBe(false);
    stream('a').onEnd();
    expect(engine.playInto('a', flat(1))).toBe(false);
    const { sent } = stream('a');
    const played: boolean[] = [];
    engine.playInto('a', flatClip(1000, 20), whole => played.push(whole));
    engine.forget('a');
    clock.advance(1000);
    expect(sent).toHaveLength(3);
    expect(played).toEqual([false]);
    expect(engine.playInto('a', flat(1))).toBe(false);
    expect(engine.tapeOf('a')).toBeNull();
    expect(engine.qualities()).toEqual([]);
  });
});

describe('the end of the engine', () => {
  it('leaves no timer', () => {
    const { clock, engine, stream } = openEngine();
    const { sent } = stream('a');
    engine.follow(planAfter(...liveCallFacts('a'), toA));
    engine.captured(flat(8000));
    engine.playInto('a', flatClip(1, 20));
    expect(clock.timers()).toBeGreaterThan(0);
    engine.close();
    expect(clock.timers()).toBe(0);
    const before = sent.length;
    clock.advance(1000);
    expect(sent).toHaveLength(before);
  });
});

import { describe, expect, it } from 'vitest';
import type { Frame } from '../../electron/core/audio/frame.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { flat, flatClip, openEngine, planFor } from './engine-rig.ts';

describe('the ears of a voice agent', () => {
  it('get what the other side says as it comes, in the time of the call, through all streams', () => {
    const { clock, engine, stream } = openEngine();
    const heard: [number, number | undefined][] = [];
    const stop = engine.earsOf('a', (atMs, mulaw) => heard.push([atMs, decodeMulaw(mulaw)[0]]));
    const first = stream('a');
    first.says(flat(500));
    expect(heard).toEqual([[0, flat(500)[0]]]);
    clock.advance(20);
    first.says(flat(1000));
    first.onEnd();
    clock.advance(980);
    const second = stream('a');
    second.says(flat(2000));
    expect(heard.slice(1)).toEqual([
      [20, flat(1000)[0]],
      [1000, flat(2000)[0]],
    ]);
    stop();
    stop();
    clock.advance(20);
    second.says(flat(500));
    expect(heard).toHaveLength(3);
  });

  it('get nothing of what is sent, of other calls, nor twice what comes by two ways', () => {
    const { engine, stream, monitor, seat } = openEngine();
    const heard: (number | undefined)[] = [];
    engine.earsOf('a', (_, mulaw) => heard.push(decodeMulaw(mulaw)[0]));
    const [beside, own, other] = [monitor('a'), seat('a'), stream('b')];
    engine.playInto('a', flatClip(8000, 3));
    other.says(flat(4000));
    own.says(flat(2000));
    beside.brings(flat(500), flat(1000));
    expect(heard).toEqual([flat(500)[0]]);
  });

  it('are several when wanted, each to be closed by itself, and none for a call that is over', () => {
    const { engine, stream } = openEngine();
    const heard: string[] = [];
    const listen = () => heard.push('a');
    const stop = engine.earsOf('a', listen);
    engine.earsOf('a', listen);
    const a = stream('a');
    a.says(flat(500));
    stop();
    a.says(flat(500));
    expect(heard).toHaveLength(3);
    engine.forget('a');
    stream('a').says(flat(500));
    expect(heard).toHaveLength(3);
  });
});

describe('a whisper to a voice agent', () => {
  const WHISPER = planFor({ a: { toAgent: true, agent: 'heard' } }, 'a');

  it('reaches the agent as loud as the settings say, and nothing of it the call', () => {
    const { engine, stream, speak, reached, clock } = openEngine();
    const a = stream('a');
    const told: Frame[] = [];
    engine.whispers('a', frame => told.push(frame));
    engine.follow({ ...WHISPER, microphoneGain: 0.5 });
    speak(3);
    expect(told[2]?.[0]).toBe(Math.round((flat(8000)[0] ?? 0) / 2));
    clock.advance(1000);
    expect([a.sent, told.length, reached]).toEqual([[], 3, ['a', null]]);
    expect([...(engine.tapeOf('a')?.tape.read('us', { from: 0, to: 480 }) ?? [])]).toEqual(
      new Array(480).fill(0xff),
    );
  });

  it('reaches nobody when no agent listens', () => {
    const { engine, stream, speak, reached } = openEngine();
    const a = stream('a');
    engine.follow(WHISPER);
    speak(3);
    const told: Frame[] = [];
    engine.whispers('a', frame => told.push(frame))();
    speak(3);
    expect([a.sent, reached, told]).toEqual([[], [], []]);
    expect(engine.lastSpokeAt('a')).toBeNull();
  });

  it('is shut like any other, at once', () => {
    const { engine, speak, reached } = openEngine();
    const told: Frame[] = [];
    engine.whispers('a', frame => told.push(frame));
    engine.follow(WHISPER);
    speak(3);
    engine.follow(planFor({ a: { toAgent: true } }));
    speak(3);
    expect([told.length, reached]).toEqual([3, ['a', null]]);
  });
});

describe('what plays into a call', () => {
  it('is cut off at once and taken back, with all that waits', () => {
    const { clock, engine, stream } = openEngine();
    const a = stream('a');
    const played: boolean[] = [];
    engine.playInto('a', flatClip(1000, 10), whole => played.push(whole));
    engine.playInto('a', flatClip(2000, 10), whole => played.push(whole));
    clock.advance(40);
    const before = a.sent.length;
    engine.stopPlaying('a');
    engine.stopPlaying('a');
    engine.stopPlaying('nobody');
    expect(played).toEqual([false, false]);
    expect(a.told.filter(word => word === 'clear')).toHaveLength(1);
    clock.advance(1000);
    expect(a.sent).toHaveLength(before);
  });
});

describe('when the microphone last carried speech', () => {
  it('is told of each call, and nothing quiet counts', () => {
    const { clock, engine, stream, speak } = openEngine();
    stream('a');
    stream('b');
    engine.follow(planFor({ a: {}, b: {} }, 'a'));
    speak(3, 50);
    expect(engine.lastSpokeAt('a')).toBeNull();
    speak(3);
    const spoke = clock.now() - 20;
    speak(5, 50);
    expect(engine.lastSpokeAt('a')).toBe(spoke);
    expect(engine.lastSpokeAt('b')).toBeNull();
    engine.follow(planFor({ a: {}, b: {} }));
    speak(3);
    engine.playInto('a', flatClip(8000, 3));
    clock.advance(1000);
    expect(engine.lastSpokeAt('a')).toBe(spoke);
    engine.forget('a');
    expect(engine.lastSpokeAt('a')).toBeNull();
  });

  it('counts a whisper to its agent', () => {
    const { clock, engine, speak } = openEngine();
    engine.whispers('a', () => {});
    engine.follow(planFor({ a: { toAgent: true } }, 'a'));
    speak(3);
    expect(engine.lastSpokeAt('a')).toBe(clock.now() - 20);
  });
});

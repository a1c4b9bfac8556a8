import { describe, expect, it } from 'vitest';
import { OutgoingLeg } from '../../electron/audio/outgoing-leg.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { clip, frame, named, names, openFarEnd, openLeg } from './far-end.ts';

describe('the sending half of a leg', () => {
  it('sends a clip 60 ms ahead and then in time, and tells once it was heard', () => {
    const { clock, leg, sent, heard, played, connect, play } = openLeg();
    const end = connect();
    play(0, 5);
    expect(end.told).toEqual(names('clip', 0, 3));
    clock.advance(40);
    expect(end.told).toEqual([...names('clip', 0, 5), 'mark']);
    clock.advance(59);
    expect(played).toEqual([]);
    clock.advance(1);
    expect(played).toEqual(['0 true']);
    expect(heard).toEqual(names('clip', 0, 5));
    expect(sent.map(({ mulaw, source }) => [named(mulaw), source])).toEqual(
      names('clip', 0, 5).map(name => [name, 'clip']),
    );
    expect(leg.unsentFrames).toBe(0);
    expect(clock.timers()).toBe(0);
  });

  it('tells of each of several clips, in order, also of an empty one', () => {
    const { clock, leg, played, connect, play } = openLeg();
    connect();
    play(0, 3);
    play(10, 1);
    play(20, 7);
    leg.playClip(new Int16Array(0), whole => played.push(`empty ${whole}`));
    clock.advance(1000);
    expect(played).toEqual(['empty true', '0 true', '10 true', '20 true']);
  });

  it('takes back at once what the microphone said', () => {
    const { clock, leg, heard, connect } = openLeg();
    const end = connect();
    for (let i = 0; i < 5; i += 1) leg.speak(frame('microphone', i));
    clock.advance(15);
    leg.hush();
    leg.hush();
    clock.advance(1000);
    expect(heard).toEqual(['microphone 0']);
    expect(end.told).toEqual([...names('microphone', 0, 3), 'clear']);
  });

  it('is drained once what was sent was heard, taken back or lost, not before', async () => {
    const { clock, leg, connect } = openLeg();
    const drained: string[] = [];
    const drain = (name: string) => void leg.drained().then(() => drained.push(name));
    const told = async (ms: number) => {
      clock.advance(ms);
      await Promise.resolve();
      return drained.splice(0);
    };
    drain('without a stream');
    expect(await told(0)).toEqual(['without a stream']);
    connect();
    leg.speak(frame('microphone', 0));
    drain('heard');
    expect(await told(19)).toEqual([]);
    expect(await told(1)).toEqual(['heard']);
    for (let i = 1; i < 4; i += 1) leg.speak(frame('microphone', i));
    drain('taken back');
    leg.hush();
    expect(await told(0)).toEqual(['taken back']);
    for (let i = 4; i < 7; i += 1) leg.speak(frame('microphone', i));
    drain('lost');
    leg.close();
    expect(await told(0)).toEqual(['lost']);
  });

  it('has nothing to take back when nobody spoke', () => {
    const { clock, leg, connect, play } = openLeg();
    const end = connect();
    play(0, 4);
    leg.hush();
    clock.advance(1000);
    expect(end.told).toEqual([...names('clip', 0, 4), 'mark']);
  });

  it('takes the microphone back also from before a clip, which is heard whole', () => {
    const { clock, leg, sent, heard, played, connect, play } = openLeg();
    const end = connect();
    leg.speak(frame('microphone', 0));
    leg.speak(frame('microphone', 1));
    play(0, 4);
    clock.advance(12);
    leg.hush();
    expect(end.told).toEqual([
      ...['microphone 0', 'microphone 1', 'mark', 'clip 0', 'clear'],
      ...['clip 0', 'clip 1'],
    ]);
    clock.advance(1000);
    expect(heard).toEqual(['microphone 0', ...names('clip', 0, 4)]);
    expect(played).toEqual(['0 true']);
    expect(sent).toHaveLength(6);
  });

  it('takes it back from behind a clip, whose end and mark go out again', () => {
    const { clock, leg, heard, played, connect, play } = openLeg();
    const end = connect();
    play(0, 2);
    leg.speak(frame('microphone', 0));
    clock.advance(15);
    leg.hush();
    expect(end.told).toEqual([
      ...['clip 0', 'clip 1', 'mark', 'microphone 0', 'clear'],
      ...['clip 1', 'mark'],
    ]);
    expect(played).toEqual([]);
    clock.advance(1000);
    expect(heard).toEqual(['clip 0', 'clip 1']);
    expect(played).toEqual(['0 true']);
  });

  it('leaves a clip alone once the microphone before it is known to have been heard', () => {
    const { clock, leg, connect, play } = openLeg();
    const end = connect();
    leg.speak(frame('microphone', 0));
    play(0, 10);
    clock.advance(25);
    leg.hush();
    expect(end.told).not.toContain('clear');
    clock.advance(1000);
    leg.speak(frame('microphone', 1));
    leg.hush();
    expect(end.told.at(-1)).toBe('clear');
  });

  it('cuts clips off, those queued too, and the microphone goes on', () => {
    const { clock, leg, heard, played, connect, play } = openLeg();
    const end = connect();
    play(0, 10);
    play(20, 10);
    clock.advance(32);
    leg.stopClips();
    leg.stopClips();
    expect(played).toEqual(['0 false', '20 false']);
    leg.speak(frame('microphone', 0));
    clock.advance(1000);
    expect(heard).toEqual(['clip 0', 'clip 1', 'microphone 0']);
    expect(end.told.filter(word => word === 'clear')).toHaveLength(1);
    expect(played).toHaveLength(2);
  });

  it('says again what the microphone said behind a clip that is cut off', () => {
    const { clock, leg, heard, played, connect, play } = openLeg();
    connect();
    play(0, 2);
    leg.speak(frame('microphone', 0));
    leg.stopClips();
    clock.advance(1000);
    expect(heard).toEqual(['microphone 0']);
    expect(played).toEqual(['0 false']);
  });

  it('plays hold music on from where a clip interrupted it', () => {
    const { clock, leg, heard, connect, play } = openLeg();
    connect();
    leg.playLoop([frame('loop', 0), frame('loop', 1)]);
    clock.advance(20);
    play(0, 1);
    leg.speak(frame('microphone', 0));
    clock.advance(65);
    leg.playLoop([]);
    clock.advance(1000);
    expect(heard.slice(0, 6)).toEqual(['loop 0', 'loop 1', 'loop 0', 'loop 1', 'clip 0', 'loop 0']);
    expect(heard).not.toContain('microphone 0');
    expect(clock.timers()).toBe(0);
  });

  it('leaves speech out of a jam and counts it; a clip waits and does not burst', () => {
    const { clock, leg, heard, played, connect, play } = openLeg();
    const end = connect();
    end.jammed = true;
    for (let i = 0; i < 7; i += 1) {
      leg.speak(frame('microphone', i));
      clock.advance(20);
    }
    expect(leg.unsentFrames).toBe(7);
    expect(clock.timers()).toBe(0);
    play(0, 8);
    clock.advance(500);
    expect(end.told).toEqual([]);
    end.jammed = false;
    clock.advance(20);
    expect(end.told).toEqual(names('clip', 0, 3));
    clock.advance(1000);
    expect(heard).toEqual(names('clip', 0, 8));
    expect(played).toEqual(['0 true']);
  });

  it('throws away what a jam held up, so that speech does not lag behind it', () => {
    const { leg, connect } = openLeg();
    const end = connect();
    leg.speak(frame('microphone', 0));
    end.jammed = true;
    leg.speak(frame('microphone', 1));
    end.jammed = false;
    leg.speak(frame('microphone', 2));
    expect(end.told).toEqual(['microphone 0', 'clear', 'microphone 2']);
  });

  it('loses no word to a socket that closed and nobody told', () => {
    const { clock, leg, sent, heard, played, connect, play } = openLeg();
    const old = connect();
    play(0, 6);
    clock.advance(35);
    old.cut();
    leg.speak(frame('microphone', 0));
    leg.disconnect(old);
    clock.advance(500);
    const end = connect();
    clock.advance(1000);
    expect(heard).toEqual(names('clip', 0, 6));
    expect(end.told).toEqual([...names('clip', 2, 4), 'mark']);
    expect(played).toEqual(['0 true']);
    expect(sent).toHaveLength(6);
  });

  it('says nothing on a new stream that the microphone said before it', () => {
    const { clock, leg, connect } = openLeg();
    leg.speak(frame('microphone', 0));
    const old = connect();
    for (let i = 1; i < 6; i += 1) leg.speak(frame('microphone', i));
    const end = connect();
    leg.disconnect(old);
    expect(leg.connected).toBe(true);
    clock.advance(1000);
    expect(old.told).toEqual(names('microphone', 1, 3));
    expect(end.told).toEqual([]);
  });

  it('asks a new stream for the mark the old one took along', () => {
    const { clock, leg, played, connect, play } = openLeg();
    const old = connect();
    play(0, 1);
    clock.advance(12);
    old.cut();
    leg.disconnect(old);
    clock.advance(100);
    expect(played).toEqual([]);
    expect(connect().told).toEqual(['mark']);
    clock.advance(0);
    expect(played).toEqual(['0 true']);
  });

  it('waits for a stream with its clips, and sends nothing after its end', () => {
    const { clock, leg, played, connect, play } = openLeg();
    play(0, 10);
    expect(leg.connected).toBe(false);
    const end = connect();
    clock.advance(30);
    leg.close();
    leg.close();
    const told = end.told.length;
    play(20, 1);
    leg.speak(frame('microphone', 0));
    leg.playLoop([frame('loop', 0)]);
    leg.hush();
    leg.stopClips();
    const late = connect();
    clock.advance(1000);
    expect(end.told).toHaveLength(told);
    expect(late.told).toEqual([]);
    expect(leg.connected).toBe(false);
    expect(played).toEqual(['0 false', '20 false']);
    expect(clock.timers()).toBe(0);
  });

  it('may be ended by whoever is told of a frame, or of a clip', () => {
    const clock = fakeClock();
    const heard: string[] = [];
    const leg: OutgoingLeg = new OutgoingLeg(clock, () => leg.close());
    const end = openFarEnd(clock, heard, name => leg.marked(name));
    leg.connect(end);
    leg.playClip(clip(0, 5), () => leg.stopClips());
    expect(end.told).toEqual(['clip 0']);
    expect(clock.timers()).toBe(1);
  });
});

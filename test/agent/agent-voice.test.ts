import { describe, expect, it } from 'vitest';
import { AgentVoice } from '../../electron/agent/agent-voice.ts';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A voice, and a call in which pieces are heard when the test says so. */
function openVoice() {
  const clock = fakeClock();
  const told: string[] = [];
  const pieces: Int16Array[] = [];
  const waiting: (() => void)[] = [];
  const call = { hasStream: true, onPlay: (): void => {}, onMark: (_: string): void => {} };
  const voice = new AgentVoice({
    clock,
    play: (samples, onPlayed) => {
      if (!call.hasStream) return false;
      pieces.push(samples);
      waiting.push(onPlayed);
      call.onPlay();
      return true;
    },
    stop: () => {
      told.push('stop');
      for (const onPlayed of waiting.splice(0)) onPlayed();
    },
    onMark: name => {
      told.push(name);
      call.onMark(name);
    },
  });
  voice.heard = true;
  /** The call hears so many pieces. */
  const hear = (count: number): void => {
    for (const onPlayed of waiting.splice(0, count)) onPlayed();
  };
  const hearAll = (): void => {
    while (waiting.length > 0) hear(1);
  };
  const played = (): number[] => pieces.flatMap(piece => [...piece]);
  return { clock, voice, told, pieces, waiting, call, hear, hearAll, played };
}

/** Sound in which every place can be told. */
function sound(from: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => ((from + i) * 31) % 251);
}

describe('what an agent says', () => {
  it('is one unbroken sound, however it was cut', () => {
    const { clock, voice, hearAll, played } = openVoice();
    let at = 0;
    for (const count of [1, 100, 159, 333, 20_000, 7, 60_000, 1920, 481]) {
      voice.say(sound(at, count));
      at += count;
      hearAll();
    }
    clock.advance(5000);
    hearAll();
    expect(played()).toEqual([...decodeMulaw(sound(0, at))]);
  });

  it('begins at once, and no more than two seconds of it are handed over', () => {
    const { voice, pieces, hear } = openVoice();
    voice.say(sound(0, 160));
    expect(pieces.map(({ length }) => length)).toEqual([160]);
    voice.say(sound(160, 80_000));
    expect(pieces).toHaveLength(11);
    hear(3);
    expect(pieces).toHaveLength(13);
  });

  it('ends with less than a frame after a moment, or not before its turn', () => {
    const { clock, voice, played, hear } = openVoice();
    voice.say(sound(0, 100));
    expect(played()).toHaveLength(0);
    clock.advance(40);
    expect(played()).toHaveLength(100);
    hear(1);
    voice.say(sound(0, 8010));
    clock.advance(740);
    expect(played()).toHaveLength(8100);
    clock.advance(10);
    expect(played()).toHaveLength(8110);
  });

  it('waits while the call has no stream', () => {
    const { clock, voice, call, played, told, hearAll } = openVoice();
    call.hasStream = false;
    voice.say(sound(0, 500));
    voice.mark('a');
    clock.advance(10_000);
    expect([played(), told]).toEqual([[], []]);
    call.hasStream = true;
    clock.advance(500);
    hearAll();
    expect(played()).toEqual([...decodeMulaw(sound(0, 500))]);
    expect(told).toEqual(['a']);
  });

  it('is kept for ten minutes and no more', () => {
    const { clock, voice, hearAll, pieces } = openVoice();
    const minute = new Uint8Array(60 * 8000);
    const taken = Array.from({ length: 12 }, () => voice.say(minute));
    expect(taken.filter(Boolean)).toHaveLength(10);
    hearAll();
    clock.advance(100);
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(10 * minute.length);
    expect(voice.say(minute)).toBe(true);
  });
});

describe('a mark', () => {
  it('comes back when all before it was heard, in order', () => {
    const { voice, told, hear } = openVoice();
    voice.mark('at once');
    voice.say(sound(0, 1600));
    voice.mark('one');
    voice.say(sound(0, 3200));
    voice.mark('two');
    voice.mark('three');
    expect(told).toEqual(['at once']);
    hear(1);
    expect(told).toEqual(['at once', 'one']);
    hear(1);
    expect(told).toHaveLength(2);
    hear(1);
    expect(told.slice(2)).toEqual(['two', 'three']);
  });

  it('comes back once and in order when all is taken back, after the sound was cut off', () => {
    const { voice, told, hearAll } = openVoice();
    voice.say(sound(0, 40_000));
    voice.mark('one');
    voice.say(sound(0, 100));
    voice.mark('two');
    voice.clear();
    voice.clear();
    hearAll();
    expect(told).toEqual(['stop', 'one', 'two']);
    voice.say(sound(0, 160));
    voice.mark('three');
    expect(told).toHaveLength(3);
    hearAll();
    expect(told[3]).toBe('three');
  });

  it('comes back once when whoever is told of one takes the rest back', () => {
    const { voice, told, call, hear, pieces } = openVoice();
    call.onMark = () => voice.clear();
    voice.say(sound(0, 1600));
    voice.mark('one');
    voice.say(sound(0, 1600));
    voice.mark('two');
    hear(1);
    expect(told).toEqual(['one', 'stop', 'two']);
    expect(pieces).toHaveLength(2);
  });

  it('comes back in order when all is taken back while it is sent, and what follows is whole', () => {
    const { voice, told, call, hearAll, pieces } = openVoice();
    voice.say(sound(0, 160));
    voice.mark('one');
    call.onPlay = () => voice.clear();
    voice.say(sound(0, 8000));
    call.onPlay = () => {};
    voice.say(sound(7, 1600));
    voice.mark('two');
    hearAll();
    expect(told).toEqual(['stop', 'one', 'two']);
    expect(pieces.at(-1)).toEqual(decodeMulaw(sound(7, 1600)));
  });

  it('is refused when ten thousand wait', () => {
    const { voice, told } = openVoice();
    voice.say(sound(0, 1600));
    const taken = Array.from({ length: 10_010 }, (_, i) => voice.mark(`${i}`));
    expect(taken.filter(Boolean)).toHaveLength(10_000);
    voice.clear();
    expect(told).toHaveLength(10_001);
  });
});

describe('an agent that is not to be heard', () => {
  it('is cut off, and what it says goes by in its own time', () => {
    const { clock, voice, told, pieces, hearAll } = openVoice();
    voice.say(sound(0, 8000));
    voice.mark('cut off');
    voice.heard = false;
    expect(told).toEqual(['stop', 'cut off']);
    const before = pieces.length;
    voice.say(sound(0, 8000));
    voice.mark('gone by');
    clock.advance(990);
    expect(told).toHaveLength(2);
    clock.advance(10);
    expect(told[2]).toBe('gone by');
    hearAll();
    expect(pieces).toHaveLength(before);
  });

  it('says nothing stale when it is heard again', () => {
    const { clock, voice, told, pieces } = openVoice();
    voice.heard = false;
    voice.say(sound(0, 80_000));
    voice.mark('a');
    clock.advance(500);
    voice.heard = true;
    clock.advance(20_000);
    expect([pieces, told]).toEqual([[], ['a']]);
    voice.say(sound(0, 160));
    expect(pieces).toHaveLength(1);
  });

  it('leaves nothing behind when it is closed, and no mark comes back', () => {
    const { clock, voice, told, hearAll } = openVoice();
    voice.say(sound(0, 20_000));
    voice.mark('a');
    voice.close();
    hearAll();
    clock.advance(10_000);
    expect(told).toEqual(['stop']);
    expect(clock.timers()).toBe(0);
  });
});

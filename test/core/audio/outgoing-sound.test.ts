import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { OutgoingSound } from '../../../electron/core/audio/outgoing-sound.ts';

const frame = (value: number): Int16Array => new Int16Array(FRAME_SAMPLES).fill(value);

function values(sound: OutgoingSound, count: number): (number | undefined)[] {
  return Array.from({ length: count }, () => sound.next()?.frame[0]);
}

describe('outgoing sound', () => {
  it('sends clips first, in order, then the microphone', () => {
    const sound = new OutgoingSound();
    sound.speak(frame(1));
    sound.playClip(frame(2));
    sound.playClip(frame(3));
    expect(values(sound, 4)).toEqual([2, 3, 1, undefined]);
  });

  it('fills the last frame of a clip up with silence', () => {
    const sound = new OutgoingSound();
    sound.playClip(new Int16Array(FRAME_SAMPLES + 1).fill(5));
    sound.next();
    expect(sound.next()?.frame.slice(0, 3)).toEqual(Int16Array.of(5, 0, 0));
  });

  it('repeats hold music instead of the microphone until it is stopped', () => {
    const sound = new OutgoingSound();
    sound.playLoop([frame(7), frame(8)]);
    sound.speak(frame(1));
    expect(values(sound, 3)).toEqual([7, 8, 7]);
    expect(sound.idle).toBe(false);
    sound.playLoop([]);
    expect(values(sound, 2)).toEqual([1, undefined]);
    expect(sound.idle).toBe(true);
  });

  it('drops the oldest microphone frames rather than lag behind, and counts them', () => {
    const sound = new OutgoingSound();
    for (let i = 1; i <= 8; i += 1) sound.speak(frame(i));
    expect(sound.dropped).toBe(3);
    expect(values(sound, 6)).toEqual([4, 5, 6, 7, 8, undefined]);
  });

  it('forgets what the microphone said when it is silenced, and keeps the clip', () => {
    const sound = new OutgoingSound();
    sound.speak(frame(1));
    sound.playClip(frame(2));
    sound.silenceMicrophone();
    expect(values(sound, 2)).toEqual([2, undefined]);
  });
});

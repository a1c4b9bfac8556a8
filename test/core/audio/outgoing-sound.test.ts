import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../electron/core/audio/frame.ts';
import { levelOf } from '../../../electron/core/audio/level.ts';
import { decodeMulaw, encodeMulaw } from '../../../electron/core/audio/mulaw.ts';
import { type OutgoingFrame, OutgoingSound } from '../../../electron/core/audio/outgoing-sound.ts';

/** A sound of which µ-law loses nothing. */
const frame = (byte: number, samples = FRAME_SAMPLES): Int16Array =>
  decodeMulaw(new Uint8Array(samples).fill(0x80 + byte));

function next(sound: OutgoingSound, count: number): (OutgoingFrame | null)[] {
  return Array.from({ length: count }, () => sound.next());
}

function values(sound: OutgoingSound, count: number): (number | undefined)[] {
  return next(sound, count).map(sent => (sent === null ? undefined : (sent.mulaw[0] ?? 0) - 0x80));
}

describe('outgoing sound', () => {
  it('sends clips first, in order, and not what the microphone said before or meanwhile', () => {
    const sound = new OutgoingSound();
    sound.speak(frame(1), 0);
    sound.playClip(frame(2));
    sound.playClip(frame(3));
    expect(values(sound, 2)).toEqual([2, 3]);
    sound.speak(frame(4), 0);
    expect(values(sound, 2)).toEqual([4, undefined]);
  });

  it('is µ-law, with its loudness and where it came from', () => {
    const sound = new OutgoingSound();
    const spoken = frame(5).map((sample, i) => (i % 2 === 0 ? sample : 77));
    sound.speak(spoken, 0);
    expect(sound.next()).toEqual({
      mulaw: encodeMulaw(spoken),
      level: levelOf(spoken),
      source: 'microphone',
      endsClip: null,
      again: false,
    });
  });

  it('fills the last frame of a clip up with silence, and names the clip it ends', () => {
    const sound = new OutgoingSound();
    const number = sound.playClip(frame(5, FRAME_SAMPLES + 1));
    const [first, last] = next(sound, 2);
    expect(first).toMatchObject({ source: 'clip', endsClip: null });
    expect(last).toMatchObject({ source: 'clip', endsClip: number });
    expect(last?.mulaw).toHaveLength(FRAME_SAMPLES);
    expect(last?.mulaw.slice(0, 3)).toEqual(Uint8Array.of(0x85, 0xff, 0xff));
    expect(sound.playClip(frame(1))).not.toBe(number);
  });

  it('takes a clip of an hour at once', () => {
    const sound = new OutgoingSound();
    sound.playClip(new Int16Array(3600 * 8000));
    expect(sound.next()).toMatchObject({ source: 'clip', endsClip: null });
  });

  it('repeats hold music instead of the microphone until it is stopped', () => {
    const sound = new OutgoingSound();
    sound.playLoop([frame(7), frame(8)]);
    sound.speak(frame(1), 0);
    expect(values(sound, 3)).toEqual([7, 8, 7]);
    expect(sound.idle).toBe(false);
    sound.playLoop([]);
    sound.speak(frame(2), 0);
    expect(values(sound, 2)).toEqual([2, undefined]);
    expect(sound.idle).toBe(true);
  });

  it('encodes hold music once, for all calls', () => {
    const music = [frame(7), frame(8)];
    const [one, other] = [new OutgoingSound(), new OutgoingSound()];
    one.playLoop(music);
    other.playLoop(music);
    expect(one.next()).toBe(other.next());
    one.playLoop(music);
    expect(values(one, 1)).toEqual([8]);
  });

  it('does not lag behind a burst of the microphone, for which the connection is not to blame', () => {
    const sound = new OutgoingSound();
    for (let i = 1; i <= 8; i += 1) sound.speak(frame(i), 0);
    const [, ...rest] = values(sound, 6);
    expect(rest).toEqual([5, 6, 7, 8, undefined]);
    expect(sound.leftOut).toBe(0);
  });

  it('forgets what the microphone said when it is silenced, and keeps the clip', () => {
    const sound = new OutgoingSound();
    sound.playClip(frame(2));
    sound.speak(frame(1), 0);
    sound.silenceMicrophone();
    expect(sound.leftOut).toBe(0);
    expect(values(sound, 2)).toEqual([2, undefined]);
  });

  it('sends what was put back before everything else', () => {
    const sound = new OutgoingSound();
    sound.playClip(frame(1, 3 * FRAME_SAMPLES));
    const [first, second] = next(sound, 2);
    if (first == null || second == null) throw new Error('a clip of three frames');
    sound.putBack([second]);
    sound.putBack([first]);
    expect(next(sound, 2)).toEqual([first, second]);
    expect(values(sound, 2)).toEqual([1, undefined]);
  });

  it('forgets of what was put back whatever is stopped', () => {
    const sound = new OutgoingSound();
    sound.playLoop([frame(7)]);
    const music = next(sound, 1);
    sound.playClip(frame(2));
    const clip = next(sound, 1);
    sound.playLoop([]);
    sound.speak(frame(1), 0);
    const taken = [...music, ...clip, ...next(sound, 1)].filter(sent => sent !== null);
    const stops = [
      () => sound.playLoop([]),
      () => sound.stopClips(),
      () => sound.silenceMicrophone(),
    ];
    const left = stops.map(stop => {
      sound.putBack(taken);
      stop();
      return values(sound, 3);
    });
    expect(left).toEqual([
      [2, 1, undefined],
      [7, 1, undefined],
      [7, 2, undefined],
    ]);
    sound.putBack(taken);
    sound.speak(frame(3), 0);
    sound.leaveOutMicrophone();
    expect(sound.leftOut).toBe(2);
    expect(values(sound, 3)).toEqual([7, 2, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Frame, SILENCE } from '../../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../../electron/core/audio/mulaw.ts';
import { PlayoutBuffer } from '../../../electron/core/audio/playout-buffer.ts';
import { glidingSound } from '../../support/gliding-sound.ts';
import { roughness } from '../../support/playout-run.ts';
import { joinFrames, rms } from '../../support/tones.ts';

const sound = glidingSound(30);
const mulaw = encodeMulaw(sound);

/** A listener that pulls 7 ms after each frame would have come, and pushes what it is told to. */
class Listener {
  readonly buffer = new PlayoutBuffer();
  readonly heard: Frame[] = [];
  #pulls = 0;

  get nowMs(): number {
    return this.#pulls * 20 + 27;
  }

  /** Lets frame `index` of the sound arrive now. */
  push(index: number, timestampMs = index * 20): void {
    const start = index * 160;
    this.buffer.push(timestampMs, this.nowMs, mulaw.subarray(start, start + 160));
  }

  pull(): Frame {
    const frame = this.buffer.pull(this.nowMs);
    this.#pulls += 1;
    this.heard.push(frame.slice());
    return frame;
  }

  skip(): void {
    this.buffer.skip(this.nowMs);
    this.#pulls += 1;
  }

  /** Frames `from` to `to` (not included), each in time for its pull. */
  play(from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      this.push(index);
      this.pull();
    }
  }
}

describe('the playout buffer', () => {
  it('is silent before anything arrives, and holds the first sound back for a moment', () => {
    const listener = new Listener();
    expect(listener.pull()).toBe(SILENCE);
    listener.push(0);
    expect(listener.pull()).toBe(SILENCE);
    listener.play(1, 10);
    expect(joinFrames(listener.heard.slice(-6))).toEqual(sound.slice(2 * 160, 8 * 160));
    expect(listener.buffer.figures).toMatchObject({ received: 10, late: 0, missing: 0 });
  });

  it('tells when there is enough of a stream to begin with, heard or not', () => {
    const buffer = new PlayoutBuffer();
    const told: boolean[] = [];
    for (let i = 0; i < 6; i += 1) {
      buffer.push(i * 20, i * 20, mulaw.subarray(i * 160, i * 160 + 160));
      told.push(buffer.playing);
      buffer.skip(i * 20 + 7);
    }
    expect([told[0], told.at(-1)]).toEqual([false, true]);
    buffer.restart();
    expect(buffer.playing).toBe(false);
  });

  it('plays the same array every time, and never the shared silence once there is sound', () => {
    const listener = new Listener();
    listener.play(0, 10);
    listener.push(10);
    const frame = listener.pull();
    listener.push(11);
    expect(listener.pull()).toBe(frame);
    expect(frame).not.toBe(SILENCE);
  });

  it('conceals late sound, plays it nevertheless, and then keeps more', () => {
    const listener = new Listener();
    listener.play(0, 700);
    for (let i = 0; i < 3; i += 1) listener.pull();
    expect(rms(listener.heard.at(-1) ?? SILENCE)).toBeGreaterThan(0);
    for (let index = 700; index < 703; index += 1) listener.push(index);
    listener.play(703, 800);
    const { late, targetMs } = listener.buffer.figures;
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThanOrEqual(3);
    expect(targetMs).toBeGreaterThan(70);
    const tail = joinFrames(listener.heard.slice(-15));
    const end = 800 * 160 - listener.buffer.figures.depthMs * 8;
    expect(tail).toEqual(sound.slice(end - tail.length, end));
    expect(roughness(joinFrames(listener.heard.slice(690))).step).toBeLessThan(
      1.1 * roughness(sound).step,
    );
  });

  it('falls silent within 60 ms when nothing comes any more', () => {
    const listener = new Listener();
    listener.play(0, 100);
    const rest = Array.from({ length: 8 }, () => listener.pull());
    expect(rest.at(-1)).toBe(SILENCE);
    expect(rms(listener.heard.slice(-3).flatMap(frame => [...frame]))).toBe(0);
    expect(listener.buffer.figures.late).toBe(0);
  });

  it('puts as much in the place of lost frames as is missing', () => {
    const listener = new Listener();
    listener.play(0, 100);
    listener.pull();
    listener.pull();
    listener.play(102, 130);
    const { missing, late, depthMs } = listener.buffer.figures;
    expect({ missing, late }).toEqual({ missing: 2, late: 0 });
    const end = 130 * 160 - depthMs * 8;
    expect(listener.heard.at(-1)).toEqual(sound.slice(end - 160, end));
  });

  it('takes a gap of more than a second for a new start, and counts it', () => {
    const listener = new Listener();
    listener.play(0, 100);
    listener.push(100, 100 * 20 + 3000);
    for (let i = 101; i < 300; i += 1) {
      listener.pull();
      listener.push(i, i * 20 + 3000);
    }
    expect(listener.buffer.figures.missing).toBe(150);
    expect(listener.buffer.figures.depthMs).toBeLessThanOrEqual(65);
    expect(roughness(joinFrames(listener.heard)).step).toBeLessThan(1.1 * roughness(sound).step);
  });

  it('plays nothing twice that arrives twice', () => {
    const listener = new Listener();
    for (let index = 0; index < 50; index += 1) {
      listener.push(index);
      if (index > 3) listener.push(index - (index % 3));
      listener.pull();
    }
    expect(listener.buffer.figures).toMatchObject({ received: 50, missing: 0, late: 0 });
    const end = 50 * 160 - listener.buffer.figures.depthMs * 8;
    expect(joinFrames(listener.heard.slice(-40))).toEqual(sound.slice(end - 40 * 160, end));
  });

  it('takes timestamps that jitter by less than a frame for no gap', () => {
    const listener = new Listener();
    for (let index = 0; index < 60; index += 1) {
      listener.push(index, index * 20 + ((index * 7) % 19));
      listener.pull();
    }
    expect(listener.buffer.figures).toMatchObject({ received: 60, missing: 0, late: 0 });
  });

  it('takes payloads of any length as they are', () => {
    const buffer = new PlayoutBuffer();
    const heard: Int16Array[] = [];
    let pulls = 0;
    let at = 0;
    for (const length of Array.from({ length: 200 }, (_, i) => 33 + ((i * 97) % 301))) {
      const nowMs = (at + length) / 8;
      while (pulls * 20 < nowMs) {
        heard.push(buffer.pull(pulls * 20).slice());
        pulls += 1;
      }
      buffer.push(Math.round(at / 8), nowMs, mulaw.subarray(at, at + length));
      at += length;
    }
    expect(buffer.figures.missing).toBe(0);
    expect(buffer.figures.received).toBe(Math.round(at / 160));
    expect(roughness(joinFrames(heard)).step).toBeLessThan(1.1 * roughness(sound).step);
    expect(buffer.figures.late).toBeLessThan(5);
  });

  it('never keeps more than 600 ms, and counts what it drops', () => {
    const listener = new Listener();
    for (let index = 0; index < 100; index += 1) listener.push(index);
    expect(listener.buffer.figures).toMatchObject({ depthMs: 600, overflowMs: 1400 });
    listener.buffer.push(2000, 27, mulaw.subarray(16_000, 16_000 + 12_000));
    expect(listener.buffer.figures).toMatchObject({ depthMs: 600, overflowMs: 2900 });
  });

  it('starts anew with another stream, without a click and without losing its figures', () => {
    const listener = new Listener();
    listener.play(0, 100);
    listener.buffer.restart();
    for (let i = 0; i < 5; i += 1) listener.pull();
    expect(listener.heard.at(-1)).toEqual(SILENCE);
    for (let index = 100; index < 130; index += 1) {
      listener.push(index, (index - 100) * 20);
      listener.pull();
    }
    expect(listener.buffer.figures).toMatchObject({ received: 130, late: 0, missing: 0 });
    const end = 130 * 160 - listener.buffer.figures.depthMs * 8;
    expect(listener.heard.at(-1)).toEqual(sound.slice(end - 160, end));
    expect(roughness(joinFrames(listener.heard)).step).toBeLessThan(1.1 * roughness(sound).step);
  });

  it('goes on while nobody listens, and is heard again at the right place', () => {
    const listener = new Listener();
    const skipping = new Listener();
    listener.play(0, 100);
    skipping.play(0, 50);
    for (let index = 50; index < 99; index += 1) {
      skipping.push(index);
      skipping.skip();
    }
    skipping.push(99);
    const frame = skipping.pull();
    expect(frame.slice(40)).toEqual(listener.heard.at(-1)?.slice(40));
    expect(Math.abs(frame[0] ?? 0)).toBe(0);
    expect(skipping.buffer.figures).toEqual(listener.buffer.figures);
  });

  it('conceals nothing of a leg nobody listens to, but counts', () => {
    const listener = new Listener();
    listener.play(0, 100);
    for (let i = 0; i < 10; i += 1) listener.skip();
    listener.push(100);
    expect(listener.buffer.figures.late).toBe(8);
  });

  it('ignores empty payloads', () => {
    const buffer = new PlayoutBuffer();
    buffer.push(0, 0, new Uint8Array(0));
    expect(buffer.pull(20)).toBe(SILENCE);
  });
});

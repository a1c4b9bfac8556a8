import { describe, expect, it } from 'vitest';
import { FRAME_MS } from '../../../electron/core/audio/frame.ts';
import { LEAD_FRAMES, Pacer } from '../../../electron/core/audio/pacer.ts';

function send(pacer: Pacer, nowMs: number): number {
  const due = pacer.due(nowMs);
  pacer.sent(due);
  return due;
}

describe('the pacer', () => {
  it('lets the lead out at once and then one frame every 20 ms', () => {
    const pacer = new Pacer();
    expect(send(pacer, 0)).toBe(LEAD_FRAMES);
    expect(send(pacer, 10)).toBe(0);
    expect(send(pacer, 20)).toBe(1);
    expect(send(pacer, 39)).toBe(0);
    expect(send(pacer, 40)).toBe(1);
  });

  it('does not drift in ten minutes of timers that are always late', () => {
    const pacer = new Pacer();
    let nowMs = 0;
    let sent = send(pacer, nowMs);
    const endMs = 10 * 60_000;
    while (nowMs < endMs) {
      nowMs = Math.max(nowMs, pacer.nextDueMs()) + 7.3;
      sent += send(pacer, nowMs);
    }
    expect(sent).toBe(Math.floor(nowMs / FRAME_MS) + LEAD_FRAMES);
  });

  it('never sends more than the lead after a pause', () => {
    const pacer = new Pacer();
    send(pacer, 0);
    expect(send(pacer, 60_000)).toBe(LEAD_FRAMES);
    expect(send(pacer, 60_001)).toBe(0);
    expect(send(pacer, 60_020)).toBe(1);
  });

  it('knows when the other end ran out, by however little: what comes then is heard at once', () => {
    const pacer = new Pacer();
    send(pacer, 0);
    expect(send(pacer, 61)).toBe(LEAD_FRAMES);
    expect(send(pacer, 80)).toBe(0);
    expect(send(pacer, 81)).toBe(1);
  });

  it('tells what nobody has heard yet, and counts a frame half heard as heard', () => {
    const pacer = new Pacer();
    expect(pacer.unheard(0)).toBe(0);
    send(pacer, 0);
    const unheard = [0, 9.9, 10, 29.9, 30, 49.9, 50, 70, 1000].map(ms => pacer.unheard(ms));
    expect(unheard).toEqual([3, 3, 2, 2, 1, 1, 0, 0, 0]);
  });

  it('tells how long what was sent goes on', () => {
    const pacer = new Pacer();
    expect(pacer.aheadMs(0)).toBe(0);
    send(pacer, 0);
    expect([0, 9.9, 60, 61].map(ms => pacer.aheadMs(ms))).toEqual([60, 50.1, 0, 0]);
  });

  it('gives the time back of what will not be heard', () => {
    const pacer = new Pacer();
    send(pacer, 0);
    pacer.takeBack(pacer.unheard(15));
    expect(pacer.unheard(15)).toBe(0);
    expect(pacer.due(15)).toBe(LEAD_FRAMES - 1);
    pacer.sent(LEAD_FRAMES - 1);
    expect(pacer.nextDueMs()).toBe(20);
  });
});

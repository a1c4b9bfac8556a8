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
      nowMs = Math.max(nowMs, pacer.nextDueMs(nowMs)) + 7.3;
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
});

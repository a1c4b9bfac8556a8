import { describe, expect, it } from 'vitest';
import { createStreamMap } from '../../electron/cloud-speech/stream-map.ts';

describe('the map of a stream', () => {
  it('places what one connection understood in the call', () => {
    const map = createStreamMap();
    map.sent(5000, 100);
    map.sent(5100, 100);
    map.sent(9000, 100);
    expect(map.sentMs()).toBe(300);
    expect(map.startAt(0)).toBe(5000);
    expect(map.startAt(150)).toBe(5150);
    expect(map.startAt(250)).toBe(9050);
  });

  it('ends what ends at a gap before it, and begins what begins there after it', () => {
    const map = createStreamMap();
    map.sent(5000, 200);
    map.sent(9000, 100);
    expect(map.endAt(200)).toBe(5200);
    expect(map.startAt(200)).toBe(9000);
  });

  it('stays within what was sent', () => {
    const map = createStreamMap();
    expect(map.startAt(7)).toBe(7);
    map.sent(5000, 200);
    expect(map.endAt(-20)).toBe(5000);
    expect(map.endAt(900)).toBe(5200);
  });
});

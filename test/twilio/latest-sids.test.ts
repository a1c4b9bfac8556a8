import { describe, expect, it } from 'vitest';
import { LatestSids } from '../../electron/twilio/latest-sids.ts';

describe('the latest CallSids', () => {
  it('are a thousand, the oldest forgotten first', () => {
    const latest = new LatestSids();
    for (let i = 0; i <= 1000; i += 1) latest.add(`CA${i}`);
    expect(latest.has('CA0')).toBe(false);
    expect(latest.has('CA1')).toBe(true);
    latest.add('CA1');
    latest.add('CA1001');
    expect([latest.has('CA1'), latest.has('CA2')]).toEqual([true, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { WaveformRecord } from '../../../electron/core/audio/waveform-record.ts';

describe('the waveform of a call', () => {
  it('tells each new frame once, both sides alike long', () => {
    const record = new WaveformRecord();
    record.received(0, 10);
    record.sent(90);
    record.sent(70);
    record.received(20, 11);
    expect(record.news()).toEqual({
      firstFrame: 0,
      them: Uint8Array.of(10, 11),
      us: Uint8Array.of(0, 90),
    });
    expect(record.news()).toBeNull();
    record.received(40, 12);
    expect(record.news()).toMatchObject({ firstFrame: 2, them: Uint8Array.of(12) });
  });

  it('leaves a gap of the stream silent and in its place', () => {
    const record = new WaveformRecord();
    record.received(0, 10);
    record.received(60, 13);
    expect(record.whole().them).toEqual(Uint8Array.of(10, 0, 0, 13));
  });

  it('grows with the call', () => {
    const record = new WaveformRecord();
    for (let i = 0; i < 10_000; i += 1) record.received(i * 20, i % 256);
    const { them, us } = record.whole();
    expect(them).toHaveLength(10_000);
    expect(us).toHaveLength(10_000);
    expect(them[9_999]).toBe(9_999 % 256);
  });
});

import { describe, expect, it } from 'vitest';
import { WaveformRecord, zoomFor } from '../../../electron/core/audio/waveform-record.ts';

describe('the waveform of a call', () => {
  it('tells each new frame once, both sides alike long', () => {
    const record = new WaveformRecord();
    expect(record.news()).toBeNull();
    record.note('them', 0, 10);
    record.note('us', 1, 90);
    expect(record.news()).toEqual({
      firstFrame: 0,
      them: Uint8Array.of(10, 0),
      us: Uint8Array.of(0, 90),
    });
    expect(record.news()).toBeNull();
    record.note('them', 2, 12);
    expect(record.news()).toMatchObject({ firstFrame: 2, them: Uint8Array.of(12) });
  });

  it('tells again what late sound changed', () => {
    const record = new WaveformRecord();
    for (let frame = 0; frame < 5; frame += 1) record.note('us', frame, 20);
    record.news();
    record.note('them', 3, 40);
    expect(record.news()).toEqual({
      firstFrame: 3,
      them: Uint8Array.of(40, 0),
      us: Uint8Array.of(20, 20),
    });
  });

  it('leaves a gap silent and in its place, and keeps the louder of two levels', () => {
    const record = new WaveformRecord();
    record.note('them', 3, 13);
    record.note('them', 0, 10);
    record.note('them', 0, 5);
    expect(record.part(1, 0, 10)).toEqual({
      framesPerByte: 1,
      first: 0,
      length: 4,
      them: Uint8Array.of(10, 0, 0, 13),
      us: Uint8Array.of(0, 0, 0, 0),
    });
  });

  it('gives the peaks of 8 and of 64 frames, and only as many as there are', () => {
    const record = new WaveformRecord();
    for (let frame = 0; frame < 130; frame += 1) record.note('them', frame, frame);
    expect(record.part(64, 0, 9)).toMatchObject({ length: 3, them: Uint8Array.of(63, 127, 129) });
    expect(record.part(8, 15, 9)).toMatchObject({
      first: 15,
      length: 17,
      them: Uint8Array.of(127, 129),
    });
    expect(record.part(8, 40, 9)).toMatchObject({ first: 17, them: new Uint8Array(0) });
  });

  it('grows with the call, up to a day', () => {
    const record = new WaveformRecord();
    for (let frame = 0; frame < 10_000; frame += 1) record.note('us', frame, frame % 256);
    expect(record.part(1, 9_999, 5).us).toEqual(Uint8Array.of(9_999 % 256));
    record.note('us', -1, 9);
    record.note('us', 24 * 3600 * 50, 9);
    expect(record.length).toBe(10_000);
  });

  it('is made of levels that were kept, in all zooms', () => {
    const record = WaveformRecord.from({ them: Uint8Array.of(1, 2, 3), us: Uint8Array.of(9) });
    expect(record.part(1, 0, 3)).toMatchObject({
      them: Uint8Array.of(1, 2, 3),
      us: Uint8Array.of(9, 0, 0),
    });
    expect(record.part(64, 0, 1)).toMatchObject({ them: Uint8Array.of(3), us: Uint8Array.of(9) });
  });

  it('chooses the coarsest zoom that still fills the width', () => {
    expect(zoomFor(640, 500)).toBe(1);
    expect(zoomFor(8000, 1000)).toBe(8);
    expect(zoomFor(64_000, 1000)).toBe(64);
    expect(zoomFor(10, 500)).toBe(1);
  });
});

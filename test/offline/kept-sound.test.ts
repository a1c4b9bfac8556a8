import { describe, expect, it } from 'vitest';
import { createKeptSound } from '../../electron/offline/kept-sound.ts';

const second = (atMs: number) => ({ atMs, mulaw: new Uint8Array(8000), ends: false });

describe('what was said since the last final words', () => {
  it('is kept for 15 seconds', () => {
    const kept = createKeptSound();
    for (let s = 0; s < 20; s += 1) kept.add(second(s * 1000));
    expect(kept.all().map(({ atMs }) => atMs)).toEqual(
      Array.from({ length: 15 }, (_, i) => (i + 5) * 1000),
    );
  });

  it('is forgotten once it is understood', () => {
    const kept = createKeptSound();
    for (let s = 0; s < 4; s += 1) kept.add(second(s * 1000));
    kept.forget(2500);
    expect(kept.all().map(({ atMs }) => atMs)).toEqual([2000, 3000]);
    kept.forget(4000);
    expect(kept.all()).toEqual([]);
  });
});

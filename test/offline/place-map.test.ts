import { describe, expect, it } from 'vitest';
import { createPlaceMap } from '../../electron/offline/place-map.ts';

describe('the places of samples', () => {
  it('go on while sound does', () => {
    const places = createPlaceMap();
    places.add(1000, 800);
    places.add(1100, 800);
    expect(places.placeOf(1200)).toBe(1150);
    expect(places.endMs()).toBe(1200);
  });

  it('jump where sound was left out', () => {
    const places = createPlaceMap();
    places.add(0, 800);
    places.add(5000, 800);
    expect(places.placeOf(799)).toBeCloseTo(99.875);
    expect(places.placeOf(800)).toBe(5000);
    expect(places.endMs()).toBe(5100);
  });
});

import { describe, expect, test } from 'vitest';
import { type WallCall, wallCalls } from '../../../renderer/wall/wall-call.ts';
import {
  liveCount,
  nextFree,
  placeCalls,
  STAYS_MS,
  type WallPlaces,
} from '../../../renderer/wall/wall-places.ts';
import { consoleState, NOW } from '../console-states.ts';
import { accountCall, followedCall } from './calls-of-others.ts';

const calls = (...sids: string[]): readonly WallCall[] =>
  wallCalls(
    consoleState({
      accountCalls: sids.map((sid, index) => accountCall({ sid, startedAt: index })),
    }),
  );

const seen = (places: WallPlaces) =>
  places.map(place =>
    place === null ? null : place.endedAt === null ? place.call.callSid : `(${place.call.callSid})`,
  );

describe('a place on the wall', () => {
  test('is given in the order calls began', () => {
    expect(seen(placeCalls([], calls('a', 'b', 'c'), NOW))).toEqual(['a', 'b', 'c']);
  });

  test('is kept until the call ends, then greyed for 10 s, then free', () => {
    const first = placeCalls([], calls('a', 'b', 'c'), NOW);
    const ended = placeCalls(first, calls('a', 'c'), NOW + 1000);
    expect(seen(ended)).toEqual(['a', '(b)', 'c']);
    const still = placeCalls(ended, calls('a', 'c'), NOW + 1000 + STAYS_MS - 1);
    expect(seen(still)).toEqual(['a', '(b)', 'c']);
    expect(seen(placeCalls(still, calls('a', 'c'), NOW + 1000 + STAYS_MS))).toEqual([
      'a',
      null,
      'c',
    ]);
  });

  test('goes to the next call once it is free, and nobody is moved', () => {
    const ended = placeCalls(placeCalls([], calls('a', 'b', 'c'), NOW), calls('a', 'c'), NOW);
    expect(seen(placeCalls(ended, calls('a', 'c', 'd'), NOW + 1))).toEqual(['a', '(b)', 'c', 'd']);
    expect(seen(placeCalls(ended, calls('a', 'c', 'd'), NOW + STAYS_MS))).toEqual(['a', 'd', 'c']);
  });

  test('is the same when a call is followed, left, or seen again within the 10 s', () => {
    const before = placeCalls([], calls('a', 'CA-one', 'c'), NOW);
    const state = consoleState({
      calls: [followedCall()],
      accountCalls: ['a', 'c'].map(sid => accountCall({ sid })),
    });
    const followed = placeCalls(before, wallCalls(state), NOW);
    expect(followed.map(place => place?.call.callId)).toEqual([null, 'one', null]);
    const gone = placeCalls(followed, calls('a', 'c'), NOW);
    expect(seen(placeCalls(gone, calls('a', 'CA-one', 'c'), NOW + 1))).toEqual([
      'a',
      'CA-one',
      'c',
    ]);
  });

  test('at the end is no place any more once it is free', () => {
    const gone = placeCalls(placeCalls([], calls('a', 'b'), NOW), calls('a'), NOW);
    expect(seen(placeCalls(gone, calls('a'), NOW + STAYS_MS))).toEqual(['a']);
  });
});

test('a call never changes its place, whatever comes and goes', () => {
  let places: WallPlaces = [];
  const stands = new Map<string, number>();
  // A fixed mixture of beginnings and ends, in steps of 3 s.
  for (let step = 0; step < 60; step += 1) {
    const now = NOW + step * 3000;
    const sids = Array.from({ length: 12 }, (_, index) => `s${index}`).filter(
      (_, index) => (step * 7 + index * 5) % 11 < 7,
    );
    places = placeCalls(places, calls(...sids), now);
    for (const [index, place] of places.entries()) {
      if (place?.endedAt !== null) continue;
      const sid = place.call.callSid ?? '';
      const before = stands.get(sid);
      expect(before ?? index).toBe(index);
      stands.set(sid, index);
    }
    for (const sid of stands.keys()) {
      if (!places.some(place => place?.call.callSid === sid)) stands.delete(sid);
    }
    expect(seen(places).filter(name => name !== null && !name.startsWith('('))).toHaveLength(
      sids.length,
    );
  }
});

test('the wall counts those that go on, and knows when a place becomes free', () => {
  const places = placeCalls(placeCalls([], calls('a', 'b'), NOW), calls('a'), NOW + 5);
  expect(liveCount(places)).toBe(1);
  expect(nextFree(places)).toBe(NOW + 5 + STAYS_MS);
  expect(nextFree(placeCalls([], calls('a'), NOW))).toBeNull();
});

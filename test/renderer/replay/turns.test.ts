import { describe, expect, test } from 'vitest';
import { turnFrom, turnsOf } from '../../../renderer/replay/turns.ts';

const LOUD = 180;
const QUIET = 40;

/** A waveform of 160 ms bytes from who speaks in each: `t` them, `u` us, `.` nobody. */
function said(pattern: string) {
  const levels = (who: string) =>
    Uint8Array.from([...pattern].map(letter => (letter === who ? LOUD : QUIET)));
  return { them: levels('t'), us: levels('u') };
}

const starts = (pattern: string, fromMs = 0) =>
  turnsOf(said(pattern), 160, fromMs).map(({ atMs, side }) => `${side} ${atMs}`);

describe('turns', () => {
  test('begin where somebody else begins to speak', () => {
    expect(starts('..tttt..uuuu.tttt')).toEqual(['them 320', 'us 1280', 'them 2080']);
  });

  test('are not changed by pauses of the same person', () => {
    expect(starts('tttt........tttt')).toEqual(['them 0']);
  });

  test('are not taken by a cough', () => {
    expect(starts('tttt.u.tttt')).toEqual(['them 0']);
  });

  test('are counted from where the waveform begins', () => {
    expect(starts('.uuu', 10_000)).toEqual(['us 10160']);
  });

  test('there are none while nobody speaks', () => {
    expect(starts('......')).toEqual([]);
    expect(turnsOf({ them: new Uint8Array(0), us: new Uint8Array(0) }, 160)).toEqual([]);
  });

  test('belong to the louder of two who speak at once', () => {
    const both = { them: Uint8Array.of(200, 200, 200), us: Uint8Array.of(120, 120, 120) };
    expect(turnsOf(both, 160).map(({ side }) => side)).toEqual(['them']);
  });
});

describe('from a moment', () => {
  const turns = [
    { atMs: 1000, side: 'them' },
    { atMs: 5000, side: 'us' },
    { atMs: 9000, side: 'them' },
  ] as const;

  test('the next turn is the one after it', () => {
    expect(turnFrom(turns, 0, 1)).toBe(1000);
    expect(turnFrom(turns, 5000, 1)).toBe(9000);
    expect(turnFrom(turns, 9000, 1)).toBeNull();
  });

  test('going back passes over the turn that has only just begun', () => {
    expect(turnFrom(turns, 8000, -1)).toBe(5000);
    expect(turnFrom(turns, 5400, -1)).toBe(1000);
    expect(turnFrom(turns, 1200, -1)).toBeNull();
  });
});

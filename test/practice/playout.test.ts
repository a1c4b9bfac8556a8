import { beforeEach, describe, expect, it } from 'vitest';
import { SILENCE } from '../../electron/core/audio/frame.ts';
import { Playout } from '../../electron/practice/playout.ts';

const ones = (length: number): Int16Array => new Int16Array(length).fill(1);

describe('the playout of a stream', () => {
  let marks: string[];
  let playout: Playout;

  beforeEach(() => {
    marks = [];
    playout = new Playout(name => marks.push(name));
  });

  it('plays sounds of any length without a gap between them', () => {
    playout.push(ones(100));
    playout.push(ones(250));
    expect(playout.next()).toEqual(ones(160));
    expect(playout.next()).toEqual(ones(160));
    const last = playout.next();
    expect(last.subarray(0, 30)).toEqual(ones(30));
    expect(last.subarray(30)).toEqual(new Int16Array(130));
    expect(playout.next()).toBe(SILENCE);
  });

  it('returns a mark when the sound before it has been played', () => {
    playout.push(ones(320));
    playout.mark('end');
    playout.next();
    playout.next();
    expect(marks).toEqual([]);
    playout.next();
    expect(marks).toEqual(['end']);
  });

  it('returns a mark at once when nothing waits', () => {
    playout.mark('now');
    expect(marks).toEqual(['now']);
  });

  it('drops the sound and returns all marks in order when cleared', () => {
    playout.push(ones(1600));
    playout.mark('a');
    playout.push(ones(1600));
    playout.mark('b');
    playout.next();
    playout.clear();
    expect(marks).toEqual(['a', 'b']);
    expect(playout.next()).toBe(SILENCE);
    playout.push(ones(160));
    expect(playout.next()).toEqual(ones(160));
  });

  it('refuses sound beyond ten minutes', () => {
    expect(playout.push(ones(10 * 60 * 8000))).toBe(true);
    expect(playout.push(ones(1))).toBe(false);
    playout.next();
    expect(playout.push(ones(1))).toBe(true);
  });
});

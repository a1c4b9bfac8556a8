import { describe, expect, it } from 'vitest';
import { FRAME_MS, type Frame, SILENCE } from '../../electron/core/audio/frame.ts';
import { spokenFrames, withWordsOf, wordsIn } from '../../electron/practice/frame-words.ts';
import { type Recognised, Recogniser } from '../../electron/practice/recogniser.ts';
import { tone } from '../../electron/practice/tone.ts';

const OPTIONS = { partialResults: true, profanityFilter: true, enableAutomaticPunctuation: true };

/** A text of which every letter takes 100 ms. */
function spoken(text: string): Frame[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return [...spokenFrames(tone([400], letters * 100), text)];
}

function quiet(ms: number): Frame[] {
  return new Array(ms / FRAME_MS).fill(SILENCE);
}

type Told = Recognised & { readonly atMs: number };

function hear(frames: readonly Frame[], options: Partial<typeof OPTIONS> = {}) {
  const recogniser = new Recogniser({ ...OPTIONS, ...options });
  const told: Told[] = frames.flatMap((frame, index) =>
    recogniser.hear(wordsIn(frame)).map(one => ({ ...one, atMs: (index + 1) * FRAME_MS })),
  );
  return { recogniser, told };
}

const texts = (told: readonly Recognised[]) =>
  told.map(({ isFinal, text }) => (isFinal ? `${text}|` : text));

describe('a sentence that is recognised', () => {
  it('grows word by word, each some time after it was said, and is final some time after its end', () => {
    const { told } = hear([...spoken('Now, this was his.'), ...quiet(1000)]);
    expect(texts(told)).toEqual([
      'now',
      'now this',
      'now this was',
      'now this was his',
      'Now, this was his.|',
    ]);
    const said = [300, 700, 1000, 1300];
    for (const [index, endMs] of said.entries()) {
      const late = (told[index]?.atMs ?? 0) - endMs;
      expect(late).toBeGreaterThanOrEqual(300);
      expect(late).toBeLessThanOrEqual(500);
    }
    const late = (told.at(-1)?.atMs ?? 0) - 1300;
    expect(late).toBeGreaterThanOrEqual(500);
    expect(late).toBeLessThanOrEqual(700);
    expect(told.at(-1)).toMatchObject({ stability: null, confidence: expect.any(Number) });
    expect(told[0]).toMatchObject({ stability: 0.9, confidence: null });
    // Every confidence has two decimals at most.
    for (const text of ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'abcdefgh']) {
      const { told: last } = hear([...spoken(text), ...quiet(1000)]);
      expect(String(last.at(-1)?.confidence)).toMatch(/^0\.9\d?$/);
    }
  });

  it('has a word that is put right later', () => {
    const { told } = hear([...spoken('I lost my parcel here.'), ...quiet(1000)]);
    expect(texts(told)).toEqual([
      'i',
      'i lost',
      'i lost my',
      'i lost my parc',
      'i lost my parcel here',
      'I lost my parcel here.|',
    ]);
    expect(told[3]?.stability).toBe(0.1);
  });

  it('is told only when it is final, unless more is asked for', () => {
    const { told } = hear([...spoken('Now, this was his.'), ...quiet(1000)], {
      partialResults: false,
    });
    expect(texts(told)).toEqual(['Now, this was his.|']);
  });

  it('is final as far as it went when it is cut off', () => {
    const { told } = hear([...spoken('Now, this was his.').slice(0, 40), ...quiet(1000)]);
    expect(texts(told)).toEqual(['now', 'now this', 'Now, this|']);
  });

  it('goes on as another one when it was interrupted for long', () => {
    const frames = spoken('Now, this was his.');
    const { told } = hear([
      ...frames.slice(0, 40),
      ...quiet(1000),
      ...frames.slice(40),
      ...quiet(1000),
    ]);
    expect(texts(told).filter(text => text.endsWith('|'))).toEqual(['Now, this|', 'Was his.|']);
  });

  it('lacks the words that were not heard', () => {
    const frames = spoken('Now, this was his.');
    const { told } = hear([
      ...frames.slice(0, 20),
      ...quiet(300),
      ...frames.slice(40),
      ...quiet(1000),
    ]);
    expect(texts(told).at(-1)).toBe('Now, was his.|');
  });

  it('is final at once when nobody listens any more', () => {
    const { recogniser, told } = hear(spoken('Now, this was his.').slice(0, 55));
    expect(texts(told)).toEqual(['now']);
    expect(texts(recogniser.end())).toEqual(['Now, this was|']);
    expect(recogniser.end()).toEqual([]);
  });
});

describe('more than one sentence', () => {
  const LONG = 'Everybody in this house was asked about it yesterday. Nobody has seen that parcel.';

  it('is told one by one, the next never before the last was final', () => {
    const { told } = hear([...spoken(LONG), ...quiet(1000)]);
    const all = texts(told);
    const end = all.indexOf('Everybody in this house was asked about it yesterday.|');
    expect(all[end + 1]).toBe('nobody');
    expect(all.at(-1)).toBe('Nobody has seen that parcel.|');
    expect(all.slice(0, end).every(text => text.startsWith('everybody'))).toBe(true);
  });

  it('is told whole for everybody when several speak at once, and grows for the first', () => {
    const one = spoken('Now, this was his.');
    const both = one.map((frame, index) => {
      const other = spoken('No, it was mine.')[index - 5];
      return other === undefined ? frame : withWordsOf(frame.slice(), [frame, other]);
    });
    const all = texts(hear([...both, ...quiet(1200)]).told);
    expect(all).toContain('Now, this was his.|');
    expect(all.some(text => text.startsWith('now this'))).toBe(true);
    expect(all.some(text => text.startsWith('no it'))).toBe(false);
  });
});

it('nothing is recognised in sound without words', () => {
  expect(hear([...spokenFrames(tone([400], 2000)), ...quiet(1000)]).told).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { sayingOf } from '../../electron/practice/saying.ts';
import { joined, tone } from '../../electron/practice/tone.ts';

/** Sound of this many milliseconds with half a second of quiet before and after it. */
function sound(ms: number): Int16Array {
  const quiet = new Int16Array(4000).fill(20);
  return joined([quiet, tone([400], ms), quiet]);
}

function endsOf(text: string, ms: number): number[] {
  return sayingOf(text, sound(ms))?.words.map(({ endMs }) => Math.round(endMs)) ?? [];
}

describe('the words of a text', () => {
  it('lie in its sound by the share of their letters, the quiet around it left out', () => {
    expect(endsOf('I have, you know.', 1200)).toEqual([600, 1000, 1300, 1700].map(near));
    expect(endsOf('Hello', 400)).toEqual([near(900)]);
  });

  it('take longer when they are numbers', () => {
    expect(endsOf('Room 22', 1200)).toEqual([near(900), near(1700)]);
  });

  it('lie in all of a sound that has no voice', () => {
    const ends = sayingOf('one two', new Int16Array(8000))?.words.map(({ endMs }) => endMs);
    expect(ends).toEqual([500, 1000]);
  });

  it('are those with letters or digits, as they are written', () => {
    const texts = sayingOf('My card — number: 4111 1111!', sound(500))?.words.map(w => w.text);
    expect(texts).toEqual(['My', 'card', 'number:', '4111', '1111!']);
    expect(sayingOf(' … ', sound(500))).toBeUndefined();
  });
});

describe('the sentences of a text', () => {
  const pieces = (text: string) => {
    const words = sayingOf(text, sound(500))?.words ?? [];
    return words.filter(({ endsPiece }) => endsPiece).map(word => word.text);
  };

  it('are told together when they are short', () => {
    expect(pieces('Yes. I have it in front of me.')).toEqual(['me.']);
  });

  it('are told one by one when they are long', () => {
    expect(
      pieces('Well, I asked everybody in the house. The lady downstairs, the two students, all.'),
    ).toEqual(['house.', 'all.']);
  });
});

/** Within the one sample in which the voice is louder than the quiet. */
function near(ms: number): unknown {
  return { asymmetricMatch: (given: number) => Math.abs(given - ms) <= 2 };
}

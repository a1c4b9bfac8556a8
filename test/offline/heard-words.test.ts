import { describe, expect, it } from 'vitest';
import { heardWords, wordsSoFar } from '../../electron/offline/heard-words.ts';
import { createPlaceMap } from '../../electron/offline/place-map.ts';

const places = createPlaceMap();
places.add(10_000, 8000);
places.add(20_000, 8000);

const word = (text: string, start: number, end: number, conf = 1) => ({
  word: text,
  start,
  end,
  conf,
});

describe('what the engine tells', () => {
  it('becomes words with their places in the call', () => {
    const result = [word('good', 0.2, 0.4, 0.5), word('morning', 1.1, 1.5)];
    expect(heardWords(JSON.stringify({ result, text: 'good morning' }), places)).toEqual({
      text: 'good morning',
      confidence: 0.75,
      atMs: 10_200,
      lengthMs: 10_300,
      wordsAtMs: [10_200, 20_100],
    });
  });

  it('has no places of words while they may still change', () => {
    expect(wordsSoFar('{"partial": "good [unk] morning"}', 1000, 1800)).toEqual({
      text: 'good morning',
      confidence: null,
      atMs: 1000,
      lengthMs: 800,
      wordsAtMs: null,
    });
    expect(wordsSoFar('{"partial": ""}', 1000, 1800)).toBeNull();
  });

  it('is nothing where it holds no words, or only sounds that are none', () => {
    expect(heardWords('{"text": ""}', places)).toBeNull();
    const result = [word('[unk]', 0, 1), word('<noise>', 1, 2)];
    expect(heardWords(JSON.stringify({ result, text: '[unk]' }), places)).toBeNull();
  });
});

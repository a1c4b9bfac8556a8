import { z } from 'zod';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { PlaceMap } from './place-map.ts';
import type { HeardWords } from './recogniser-messages.ts';

/** What libvosk tells, with words asked for. Times are in seconds of the sound it was given. */
const word = z.object({ word: z.string(), start: z.number(), end: z.number(), conf: z.number() });
const resultSchema = z.object({ result: z.array(word).default([]) });
const partialSchema = z.object({ partial: z.string() });

/** Models write sounds that are no words in brackets: `[unk]`, `<unk>`, `[noise]`. */
const NO_WORD = /^[[<].*[\]>]$/;

/** Reads a final result of libvosk; null when it holds no words. Throws on anything else. */
export function heardWords(json: string, places: PlaceMap): HeardWords | null {
  const { result } = resultSchema.parse(JSON.parse(json));
  const words = result.filter(one => !NO_WORD.test(one.word));
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  const placeOf = (seconds: number): number => Math.round(places.placeOf(seconds * SAMPLE_RATE_HZ));
  const atMs = placeOf(first.start);
  return {
    text: words.map(one => one.word).join(' '),
    confidence: clamped(words.reduce((sum, one) => sum + one.conf, 0) / words.length),
    atMs,
    lengthMs: Math.max(0, placeOf(last.end) - atMs),
    wordsAtMs: words.map(one => placeOf(one.start)),
  };
}

/**
 * Reads what libvosk understood so far; null when it holds no words. The places of its words are not
 * asked for: with them they would come more than a second later.
 */
export function wordsSoFar(json: string, fromMs: number, throughMs: number): HeardWords | null {
  const { partial } = partialSchema.parse(JSON.parse(json));
  const words = partial.split(' ').filter(one => one !== '' && !NO_WORD.test(one));
  if (words.length === 0) return null;
  return {
    text: words.join(' '),
    confidence: null,
    atMs: fromMs,
    lengthMs: throughMs - fromMs,
    wordsAtMs: null,
  };
}

function clamped(confidence: number): number {
  return Math.min(1, Math.max(0, confidence));
}

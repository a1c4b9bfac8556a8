import { expect, test } from 'vitest';
import { LATENCY_PLANS } from '../../../electron/audio/latency.ts';
import { FRAME_MS } from '../../../electron/core/audio/frame.ts';
import { LATENCIES } from '../../../electron/core/sound.ts';
import {
  hostOptions,
  LATENCY_OPTIONS,
  latencyWords,
} from '../../../renderer/settings/sound-words.ts';

test.each(LATENCIES)('what is said of the latency %s is what is kept ready', latency => {
  const { aheadFrames, pieceMs, queuedPieces } = LATENCY_PLANS[latency];
  const ms = aheadFrames * FRAME_MS + queuedPieces * pieceMs;
  expect(latencyWords(latency)).toContain(`About ${ms} ms`);
  expect(LATENCY_OPTIONS.map(([value]) => value)).toContain(latency);
});

test('sound systems are chosen from those there are, and the one that is set', () => {
  expect(hostOptions(['ALSA', 'JACK'], null)).toEqual([
    ['', 'The best, ALSA'],
    ['ALSA', 'ALSA'],
    ['JACK', 'JACK'],
  ]);
  expect(hostOptions(['ALSA'], 'OSS').map(([value]) => value)).toEqual(['', 'ALSA', 'OSS']);
});

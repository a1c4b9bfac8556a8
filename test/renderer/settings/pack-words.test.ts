import { expect, test } from 'vitest';
import type { Pack } from '../../../electron/core/transcription.ts';
import { packPercent, packProgress, sizeWords } from '../../../renderer/settings/pack-words.ts';

const pack = (status: Pack['status'], doneBytes: number): Pack => ({
  id: 'en-us-small',
  title: 'English',
  languages: ['en-US'],
  licence: 'Apache-2.0',
  sizeBytes: 65_100_000,
  status,
  doneBytes,
  problem: null,
});

test('sizes are read in megabytes, and in gigabytes where they are big', () => {
  expect([
    sizeWords(65_100_000, 'en'),
    sizeWords(12, 'en'),
    sizeWords(1_240_000_000, 'en'),
  ]).toEqual(['65 MB', '1 MB', '1.2 GB']);
});

test('a pack says how much of it is here', () => {
  expect(packProgress(pack('absent', 0), 'en')).toBe('');
  expect(packProgress(pack('downloading', 24_100_000), 'en')).toBe('37 %, 24 MB of 65 MB');
  expect(packProgress(pack('paused', 24_100_000), 'en')).toBe('Paused at 37 %, 24 MB of 65 MB');
  expect(packProgress(pack('checking', 65_100_000), 'en')).toBe('Checking what came…');
  expect(packProgress(pack('ready', 65_100_000), 'en')).toBe('✓ ready');
  expect(packProgress(pack('failed', 9), 'en')).toBe('▲ not fetched');
});

test('it is whole only once it was checked', () => {
  expect(packPercent(pack('downloading', 65_100_000))).toBe(99);
  expect(packPercent(pack('ready', 65_100_000))).toBe(100);
});

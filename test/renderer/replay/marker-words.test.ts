import { expect, test } from 'vitest';
import type { Marker } from '../../../electron/core/recording.ts';
import {
  laneMarkers,
  markerNear,
  markerWords,
  placedMarkerWords,
  shortMarkerWords,
  stripMarks,
} from '../../../renderer/replay/marker-words.ts';

function marker(
  kind: Marker['kind'],
  atMs: number,
  lengthMs = 0,
  label = '',
  side: Marker['side'] = null,
): Marker {
  return { kind, atMs, lengthMs, label, side };
}

test('what happened is told in words with its place and length', () => {
  expect(placedMarkerWords(marker('digits', 134_000, 0, '5', 'them'))).toBe('02:14 Keys 5 pressed');
  expect(markerWords(marker('digits', 0, 0, '12#', 'us'))).toBe('Keys 12# sent');
  expect(markerWords(marker('hold', 0, 21_000))).toBe('On hold 21 s');
  expect(markerWords(marker('sound-lost', 0, 4000))).toBe('4 s of sound lost');
  expect(markerWords(marker('sound-lost', 0, 400))).toBe('Sound lost');
  expect(markerWords(marker('said', 0, 0, 'One moment'))).toBe('Said: One moment');
  expect(markerWords(marker('muted', 0, 12_000))).toBe('Microphone closed 12 s');
  expect(markerWords(marker('recording-paused', 0, 9000))).toBe('Recording paused 9 s');
  expect(shortMarkerWords(marker('sound-lost', 0, 4000))).toBe('4 s lost');
  expect(markerWords(marker('watch-word', 0, 0, 'refund', 'them'))).toBe('Said “refund”');
  expect(shortMarkerWords(marker('watch-word', 0, 0, 'refund', 'them'))).toBe('“refund”');
  expect(markerWords(marker('masked', 0, 3000, '', 'them'))).toBe('Not kept 3 s');
});

test('a lane holds what happened on its side, and what happened to both', () => {
  const all = [
    marker('digits', 1, 0, '1', 'them'),
    marker('digits', 1, 0, '2', 'us'),
    marker('hold', 2),
    marker('muted', 3, 0, '', 'us'),
    marker('said', 4, 0, '', 'us'),
    marker('sound-lost', 5),
    marker('recording-paused', 6),
  ];
  const held = (side: 'them' | 'us') =>
    laneMarkers(all, side).map(({ kind, label }) => `${kind}${label}`);
  expect(held('them')).toEqual(['digits1', 'hold', 'sound-lost']);
  expect(held('us')).toEqual(['digits2', 'hold', 'muted', 'said']);
});

test('moments are drawn over stretches, and lost sound says how much', () => {
  const drawn = stripMarks([
    marker('digits', 5000, 0, '12'),
    marker('sound-lost', 9000, 4000),
    marker('hold', 1000, 3000),
    marker('watch-word', 6000, 0, 'refund'),
  ]);
  expect(drawn.map(({ text, look }) => [text, look])).toEqual([
    ['‖', 'hold'],
    ['▲ 4 s', 'lost'],
    ['12', 'plain'],
    ['! refund', 'plain'],
  ]);
});

test('near a moment is what goes on there, or what has just been', () => {
  const all = [marker('hold', 1000, 3000), marker('digits', 9000)];
  expect(markerNear(all, 2000, 2000)?.kind).toBe('hold');
  expect(markerNear(all, 5500, 2000)?.kind).toBe('hold');
  expect(markerNear(all, 7000, 2000)).toBeNull();
  expect(markerNear(all, 10_000, 2000)?.kind).toBe('digits');
});

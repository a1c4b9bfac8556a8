import type { Settings } from '../../electron/core/settings.ts';
import { spellLength } from '../words/times.ts';

const LIMITS_MINUTES = [5, 10, 15, 30, 60, 120, 240] as const;
const MINUTE_MS = 60_000;

/** What becomes of a call that is not taken. @param ring how ringing on is called there */
export function overflowOptions(
  ring: string,
): readonly (readonly [value: Settings['whenBusy'], name: string])[] {
  return [
    ['ring', ring],
    ['queue', 'Waits in the queue'],
    ['reject', 'Hears busy'],
  ];
}

/** Limits to choose from, with the one that is set although it is none of them. */
export function longestCallOptions(
  set: number | null,
): readonly (readonly [value: string, name: string])[] {
  const minutes = new Set<number>(LIMITS_MINUTES);
  if (set !== null) minutes.add(set);
  return [
    ['none', 'Twilio’s own, 4 h'],
    ...[...minutes]
      .sort((a, b) => a - b)
      .map(limit => [String(limit), spellLength(limit * MINUTE_MS)] as const),
  ];
}
